import type { OpenFaasImagesConfig } from '../../config/openfaas/openfaas.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { imagesOf as imagesOfManifest } from '../delivery/manifests/diagnose.ts';
import { hostOf, type ImageMirrors, imageSources, registryOf, systemRegistry } from '../k3s/image-sources.ts';
import type { K3s } from '../k3s/k3s.ts';
import type { Platform } from '../platform.ts';

/** Reports images from registries that are not allowed, at the line that names the registry. */
export function diagnoseRegistries(platform: Platform, config: PlatformConfig): Diagnostic[] {
  const { k3s } = platform;
  const allowed = k3s.allowedRegistries;
  if (allowed === undefined) return [];
  const mirrors = mirrorsOf(k3s);
  const outside = (registry: string) =>
    imageSources(registry, mirrors).includes(registry) && !allowed.includes(registry);

  const own = k3s.systemDefaultRegistry ?? systemRegistry;
  const images = imagesOf(platform).map((one) => ({ ...one, registry: registryOf(one.image) }));
  const refused = images.filter(({ registry }) => outside(registry));
  const systemRefused = outside(own);
  return [
    ...refused.map(({ image, registry, path }) =>
      report('resolve/registry-not-allowed', path, { image, registry, allowed }),
    ),
    ...(systemRefused
      ? [report('resolve/system-images-not-allowed', ['k3s', 'systemDefaultRegistry'], { own, allowed })]
      : []),
    // If an image is refused, a listed registry that nothing comes from may be a typo.
    ...(refused.length > 0 || systemRefused
      ? unused(
          config,
          new Set(
            [own, ...images.map(({ registry }) => registry)].flatMap((one) => imageSources(one, mirrors)),
          ),
        )
      : []),
    ...mirrorsOutside(k3s, allowed),
    ...chartsOf(platform, config).map((chart) =>
      report('resolve/chart-images-unchecked', chart.path, { chart: chart.name, allowed }),
    ),
  ];
}

function unused({ k3s }: PlatformConfig, sources: ReadonlySet<string>): Diagnostic[] {
  return [...(k3s?.allowedRegistries ?? []).entries()]
    .filter(([, registry]) => !sources.has(registry))
    .map(([index, registry]) => {
      const others = [...sources].sort();
      return report('resolve/registry-unused', ['k3s', 'allowedRegistries', index], { registry, others });
    });
}

function mirrorsOf({ registries }: K3s): ImageMirrors {
  const entries = (registries?.mirrors ?? []).map(
    ({ registry, endpoints }) => [registry, endpoints] as const,
  );
  return { endpoints: new Map(entries), only: registries?.mirrorsOnly ?? false };
}

/** Every image that a manifest of ours will name. */
function imagesOf({ openfaas, functions, manifests }: Platform): { image: string; path: ConfigPath }[] {
  const parts: (keyof OpenFaasImagesConfig)[] = [
    'gateway',
    'provider',
    'prometheus',
    ...(openfaas.autoscaling ? (['alertmanager'] as const) : []),
    ...(openfaas.async ? (['nats', 'queueWorker'] as const) : []),
  ];
  const used: typeof parts = [
    ...(openfaas.edition === 'community' ? parts : []),
    ...(openfaas.install === 'native' || functions.some(({ schedules }) => schedules.length > 0)
      ? (['curl'] as const)
      : []),
  ];
  return [
    ...functions.map(({ name, image }) => ({ image, path: ['functions', name, 'image'] })),
    ...used.map((part) => ({ image: openfaas.images[part], path: ['openfaas', 'images', part] })),
    ...manifests.flatMap(({ object, path: at }) =>
      imagesOfManifest(object).map(({ image, path }) => ({ image, path: [...at, ...path] })),
    ),
  ];
}

function mirrorsOutside({ registries }: K3s, allowed: readonly string[]): Diagnostic[] {
  return (registries?.mirrors ?? []).flatMap(({ registry, endpoints }) =>
    [...endpoints.entries()]
      .filter(([, endpoint]) => !allowed.includes(hostOf(endpoint)))
      .map(([index, endpoint]) => {
        const path = ['k3s', 'registries', 'mirrors', registry, 'endpoints', index];
        return report('resolve/mirror-not-allowed', path, { registry, mirror: hostOf(endpoint), allowed });
      }),
  );
}

/** Charts that choose their own images, which Fjord does not know. */
function chartsOf({ openfaas, delivery }: Platform, config: PlatformConfig) {
  const edition = config.openfaas?.edition === undefined ? ['openfaas'] : ['openfaas', 'edition'];
  return [
    ...(openfaas.edition === 'pro' ? [{ name: 'OpenFaaS Pro', path: edition }] : []),
    ...('chart' in delivery ? [{ name: delivery.chart.name, path: ['delivery'] }] : []),
  ];
}
