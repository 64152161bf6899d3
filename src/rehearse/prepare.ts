import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileConfig } from '../compile.ts';
import { load } from '../config/load/load.ts';
import { place } from '../config/locate/place.ts';
import type { PlatformConfig } from '../config/platform-config.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Platform } from '../platform/platform.ts';
import { internetAddress } from './internet-address.ts';
import { type Prepared, prepared } from './prepared.ts';
import { addressesOf, type Host, rehearsedConfig } from './rehearsed-config.ts';

/** The installer of K3s that the world's internet has. */
export const installer = fileURLToPath(new URL('../../rehearsal/world/install.sh', import.meta.url));

/** A config that can be rehearsed, or why not. */
export type Preparation =
  | { readonly prepared: Prepared }
  /** It does not compile, as it is or as it would be rehearsed. */
  | { readonly diagnostics: readonly Diagnostic[]; readonly changes: readonly string[] }
  | { readonly cannot: string };

/** Compiles a config as it is, and then as it can be rehearsed. */
export async function prepare(configFile: string, host: Host): Promise<Preparation> {
  const [loaded, unloadable] = await load(configFile, { how: 'as an argument' });
  if (loaded === undefined) return { diagnostics: unloadable, changes: [] };
  const name = basename(loaded.file);
  const asWritten = compileConfig(loaded.value, name);
  if (asWritten.platform === undefined || hasErrors(asWritten.diagnostics)) {
    return { diagnostics: place(loaded, asWritten.diagnostics), changes: [] };
  }
  const cannot = cannotBeRehearsed(asWritten.platform);
  if (cannot !== undefined) return { cannot };
  // It compiled, so it is one.
  return prepareValue(loaded.value as PlatformConfig, asWritten.platform, host, name);
}

/** The same for a config's value, which compiles to a platform. */
export function prepareValue(
  value: PlatformConfig,
  platform: Platform,
  host: Host,
  name: string,
): Preparation {
  const sha256 = createHash('sha256').update(readFileSync(installer)).digest('hex');
  const { config, changes } = rehearsedConfig(value, platform, host, sha256);
  const compiled = compileConfig(config, name);
  const errors = compiled.diagnostics.filter(
    ({ severity, code }) => severity === 'error' && !ofProvider(code),
  );
  if (compiled.platform === undefined || errors.length > 0) return { diagnostics: errors, changes };
  return { prepared: prepared(compiled.platform, compiled.artifacts, changes) };
}

/** Whether it is about what a provider takes, which no one asks here. */
function ofProvider(code: string): boolean {
  return code.startsWith('verify/user-data-');
}

/** The reason why a platform cannot be rehearsed at all. */
function cannotBeRehearsed(platform: Platform): string | undefined {
  if (platform.openfaas.install === 'helm') {
    return "openfaas.install is 'helm': OpenFaaS' chart and its programs are not here; only Fjord's own manifests can be rehearsed";
  }
  const six = platform.nodes.find(({ address6 }) => address6 !== undefined);
  if (six !== undefined) {
    return `nodes.${six.name}.address6 is set: machines of a rehearsal have IPv4 only; rehearse a copy of the config without IPv6`;
  }
  const taken = [...addressesOf(platform)].find(
    ([, address]) =>
      address.endsWith('.254') || address === internetAddress || address.startsWith('198.51.100.'),
  );
  if (taken !== undefined) {
    return `nodes.${taken[0]}.address ${taken[1]} is the rehearsal's own, for a router, the internet or customers`;
  }
  return undefined;
}
