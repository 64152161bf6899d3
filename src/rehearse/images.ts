import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Prepared } from './prepared.ts';

const builder = fileURLToPath(new URL('../../rehearsal/images/build', import.meta.url));

/** K3s' own, as the stand-in for K3s names them, by their programs among the parts. */
const ownOfK3s = {
  coredns: 'docker.io/rancher/mirrored-coredns-coredns:1.14.0',
  'metrics-server': 'docker.io/rancher/mirrored-metrics-server:v0.8.0',
};

interface LockedImage {
  readonly image: string;
  readonly usedBy: readonly string[];
}

/**
 * Makes the images that the platforms name and the parts do not have: stand-ins of functions, and OpenFaaS' parts under other
 * names. They are Docker archives below a directory.
 *
 * @throws with the builder's own words if one cannot be made
 */
export function makeImages(platforms: readonly Prepared[], parts: string, directory: string): string {
  const images = join(directory, 'images');
  mkdirSync(images, { recursive: true });
  const functions = new Set<string>();
  for (const { platform } of platforms) {
    for (const { image, command } of platform.functions) {
      functions.add(command?.[0] === undefined ? image : `${image}=${command[0]}`);
    }
  }
  run([...[...functions].sort().flatMap((name) => ['--function', name]), images]);
  const there = new Set(run(['--list']).split('\n'));
  const others = platforms.flatMap(({ texts }) => {
    const lock: { images: LockedImage[] } = JSON.parse(texts.get('platform.lock.json') ?? '{"images":[]}');
    return lock.images.filter(({ usedBy }) => !usedBy.every((user) => user.startsWith('openfaas-fn/')));
  });
  const wanted = [...new Set(others.map(({ image }) => image))].filter((image) => !there.has(image));
  if (wanted.length > 0) run([...wanted.sort().flatMap((name) => ['--image', name]), images]);
  for (const [program, image] of Object.entries(ownOfK3s)) {
    if (!existsSync(join(parts, 'images', `${program}.tar`))) {
      run([`--${program}`, join(parts, 'bin', program), '--image', image, images]);
    }
  }
  return images;
}

function run(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(builder, args, { encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${builder} ${args.join(' ')}: ${stderr.trim().split('\n').slice(-3).join(' / ')}`);
  return stdout;
}
