import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from './faults.ts';

/** What one boot starts from. */
export interface Seed {
  readonly userData: string;
  readonly hostname: string;
  readonly faults: readonly Fault[];
  /** For each boot, scripts that run on the node after cloud-init, by name, in this order. */
  readonly steps: readonly Readonly<Record<string, string>>[];
  /** What scripts find in `/run/boot-test/files`, by name. */
  readonly files: Readonly<Record<string, string | Buffer>>;
  /** Scripts that run on the node before cloud-init, by name, besides those of faults. @default none */
  readonly setups?: Readonly<Record<string, string>>;
  /** cloud-init's network-config. @default addresses by DHCP */
  readonly networkConfig?: string;
}

/** Scripts that run on the node before cloud-init, for the faults that are made there. */
const setups: Partial<Record<Fault, string>> = {
  'port-443-taken': 'systemd-run --no-block --unit=port-443-taken python3 -m http.server 443\n',
  'disk-slow': 'mkdir -p /var/lib/rancher\nmount /dev/disk/by-id/virtio-slow /var/lib/rancher\n',
};

/** Writes `seed.iso` into `directory`: a NoCloud data source, with the test's own scripts beside it. */
export function writeSeed(directory: string, seed: Seed): string {
  const tree = join(directory, 'seed');
  const ofBoots = seed.steps.map((_, boot) => `steps-${boot}`);
  for (const part of ['setup', 'files', ...ofBoots])
    mkdirSync(join(tree, 'boot-test', part), { recursive: true });
  writeFileSync(join(tree, 'user-data'), seed.userData);
  writeFileSync(join(tree, 'meta-data'), `instance-id: boot-test\nlocal-hostname: ${seed.hostname}\n`);
  if (seed.networkConfig !== undefined) writeFileSync(join(tree, 'network-config'), seed.networkConfig);
  const ofFaults = seed.faults.map((fault) => [fault, setups[fault] ?? ''] as const);
  for (const [name, script] of [...ofFaults, ...Object.entries(seed.setups ?? {})]) {
    if (script) writeFileSync(join(tree, 'boot-test/setup', name), script);
  }
  let index = 0;
  seed.steps.forEach((steps, boot) => {
    for (const [name, script] of Object.entries(steps)) {
      writeFileSync(
        join(tree, `boot-test/steps-${boot}`, `${String(index).padStart(3, '0')}-${name}`),
        script,
      );
      index += 1;
    }
  });
  for (const [name, content] of Object.entries(seed.files)) {
    writeFileSync(join(tree, 'boot-test/files', name), content);
  }
  const iso = join(directory, 'seed.iso');
  execFileSync('genisoimage', ['-quiet', '-volid', 'cidata', '-rational-rock', '-output', iso, tree]);
  return iso;
}
