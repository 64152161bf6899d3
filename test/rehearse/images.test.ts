import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { cases } from '../cases/index.ts';
import { ownRedis } from '../cases/own-redis.ts';
import { withQueue } from '../cases/with-queue.ts';
import { describeWithTool } from '../conformance/real-tool.ts';
import { filesBelow, snapshotFolder } from '../snapshot-files.ts';

const build = join(import.meta.dirname, '../../rehearsal/images/build');

/** The images that manifests ask for, but not those of the platform's functions. */
function partsOf(config: PlatformConfig, files: Record<string, string>): string[] {
  const functions = new Set(Object.values(config.functions ?? {}).map(({ image }) => image));
  const images = Object.entries(files)
    .filter(([path]) => path.startsWith('manifests/'))
    .flatMap(([, text]) => [...text.matchAll(/^ +(?:- )?image: "?([^"\s]+)"?$/gm)])
    .map(([, image = '']) => image);
  return [...new Set(images)].filter((image) => !functions.has(image)).sort();
}

function list(...images: readonly string[]): string[] {
  const asked = images.flatMap((image) => ['--image', image]);
  return execFileSync(build, ['--list', ...asked], { encoding: 'utf8', stdio: 'pipe' })
    .trim()
    .split('\n');
}

describeWithTool('go', 'the images of a rehearsal', () => {
  it('are there for everything that a case asks for, from a mirror or not', () => {
    for (const [name, config] of Object.entries(cases)) {
      const asked = partsOf(config, filesBelow(join(snapshotFolder, name)));
      if (asked.length > 0) expect(list(...asked).sort(), name).toEqual(asked);
    }
  });

  it('have the names that the manifests have without a mirror, and K3s’', () => {
    const config: PlatformConfig = {
      ...withQueue,
      functions: {
        ...withQueue.functions,
        nightly: { image: 'ghcr.io/example/nightly:1', schedule: '@daily', expose: false },
      },
      delivery: { mode: 'embedded', manifests: [{ name: 'redis.yaml', objects: ownRedis('nightly') }] },
    };
    const { artifacts, diagnostics } = compileConfig(config, 'platform.config.ts');
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const files = Object.fromEntries(artifacts.map(({ path, text }) => [path, text]));
    const k3s = list().filter((image) => image.startsWith('docker.io/rancher/'));
    expect(k3s.map((image) => image.replace(/:.*/, ''))).toEqual([
      'docker.io/rancher/mirrored-pause',
      'docker.io/rancher/mirrored-coredns-coredns',
      'docker.io/rancher/mirrored-metrics-server',
    ]);
    expect([...partsOf(config, files), ...k3s].sort()).toEqual(list().sort());
  });

  it('are not made up for an image that is none of them', () => {
    expect(() => list('ghcr.io/openfaas/figlet:0.3.0')).toThrow(
      'there is no stand-in for ghcr.io/openfaas/figlet:0.3.0',
    );
  });
});
