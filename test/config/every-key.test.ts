import { expect, it } from 'vitest';
import { marker } from '../../src/artifacts/marker.ts';
import { check } from '../../src/config/check/check.ts';
import { branchesOf } from '../../src/config/check/schema-node.ts';
import { adjust } from '../../src/config/diagnostics/adjust.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { valueAt, withValue } from '../../src/explain/config-values.ts';
import { otherValues } from '../../src/explain/other-values.ts';
import { compareCosts } from '../../src/platform/cost/comparison.ts';
import { capacityOf } from '../../src/platform/load/capacity-report.ts';
import { resolve } from '../../src/platform/resolve.ts';
import { render } from '../../src/renderers/index.ts';
import { type ConfigKey, everyKey, platformSchema, type Setting, settingsOf, without } from './every-key.ts';

/** All that comes of a config: diagnostics, bytes and what its reports are made of. Undefined when it is not of the schema. */
function outcomeOf(value: unknown): string | undefined {
  if (hasErrors(check(value))) return undefined;
  const config = value as PlatformConfig;
  const [platform, diagnostics] = resolve(config);
  const artifacts = platform === undefined ? [] : render(platform, marker('platform.config.ts'));
  return JSON.stringify([
    adjust(diagnostics, config.diagnostics),
    artifacts.map(({ path, text }) => [path, text]),
    platform && [compareCosts(platform), capacityOf(platform)],
  ]);
}

const bases = new Map<unknown, string | undefined>();

function baseOf(config: unknown): string | undefined {
  if (!bases.has(config)) bases.set(config, outcomeOf(config));
  return bases.get(config);
}

/** Whether some case comes to something else without the key, or with another value of it. */
function matters({ path, node }: ConfigKey): boolean {
  const branches = branchesOf(node, platformSchema);
  // Where it is written first: leaving it out is the likeliest to matter.
  const isWritten = ({ config, place }: Setting) => valueAt(config, place) !== undefined;
  const settings = settingsOf(path);
  const sorted = [...settings.filter(isWritten), ...settings.filter((setting) => !isWritten(setting))];
  return sorted.some(({ config, place }) => {
    const now = valueAt(config, place);
    const others = otherValues(branches, now, node.default).map((value) => withValue(config, place, value));
    const variants = now === undefined ? others : [without(config, place), ...others];
    const base = baseOf(config);
    return variants.some((variant) => ![undefined, base].includes(outcomeOf(variant)));
  });
}

it.each(everyKey.map((key) => [key.name, key] as const))(
  '%s changes a byte, a diagnostic or a report',
  (_, key) => expect(matters(key)).toBe(true),
);
