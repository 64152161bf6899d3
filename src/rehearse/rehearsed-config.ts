import type { NodeConfig } from '../config/nodes/node.ts';
import type { PlatformConfig } from '../config/platform-config.ts';
import { k3sHashes } from '../platform/k3s/versions.ts';
import type { Platform } from '../platform/platform.ts';
import { sortedEntries } from '../platform/sorted-entries.ts';
import { internetAddress } from './internet-address.ts';

/** The machine that rehearses. */
export interface Host {
  /** Bytes. */
  readonly memory: number;
  readonly cpus: number;
}

/** A config as it can be rehearsed. */
export interface RehearsedConfig {
  readonly config: PlatformConfig;
  /** How it differs from the user's, one line each. */
  readonly changes: readonly string[];
}

/** Where the world's internet has K3s. */
const releases = `http://${internetAddress}/k3s`;

/**
 * Changes of a config what a rehearsal cannot have as it is, and nothing else.
 *
 * @param platform what the config resolves to
 * @param installer the SHA-256 of the installer that the world's internet has
 */
export function rehearsedConfig(
  config: PlatformConfig,
  platform: Platform,
  host: Host,
  installer: string,
): RehearsedConfig {
  const changes: string[] = [];
  const changed: PlatformConfig = {
    ...config,
    nodes: Object.fromEntries(
      sortedEntries(config.nodes).map(([name, node]) => [name, nodeOf(name, node, platform, host, changes)]),
    ),
    k3s: k3sOf(config, platform, installer, changes),
  };
  if (config.delivery !== undefined) {
    delete (changed as { delivery?: unknown }).delivery;
    changes.push('delivery: manifests and scripts are embedded; there is no Git and no file server');
  }
  if (config.gateway?.tls?.files === undefined) {
    changes.push("gateway.tls: certificates are nginx's self-signed placeholders; no authority answers");
  }
  changes.push('functions.*.image: stand-ins that answer as the function is declared');
  return { config: changed, changes };
}

function k3sOf(
  config: PlatformConfig,
  platform: Platform,
  installer: string,
  changes: string[],
): PlatformConfig['k3s'] {
  const { binarySha256, airgapImages, resolvers, ...rest } = { ...config.k3s };
  const version = rehearsedRelease(platform.k3s.version);
  changes.push(
    version === platform.k3s.version
      ? `k3s.version: a stand-in made of Kubernetes' own parts, and its installer`
      : `k3s.version: ${platform.k3s.version} is ${version}, a stand-in made of Kubernetes' own parts, and its installer`,
  );
  if (resolvers !== undefined) changes.push(`k3s.resolvers: ${internetAddress}`);
  if (airgapImages) changes.push('k3s.airgapImages: off, because images are in place');
  return {
    ...rest,
    version,
    downloadFrom: releases,
    installer: { url: `http://${internetAddress}/install.sh`, sha256: installer },
    ...(resolvers !== undefined && { resolvers: [internetAddress] }),
  };
}

/** A release without a known hash: the stand-in could not have the hash. */
export function rehearsedRelease(version: string): string {
  return k3sHashes[version] === undefined ? version : version.replace(/\+k3s\d+$/, '+k3s9');
}

function nodeOf(
  name: string,
  node: NodeConfig,
  platform: Platform,
  host: Host,
  changes: string[],
): NodeConfig {
  const resolved = platform.nodes.find((one) => one.name === name);
  const { os, arch, interface: nic, dataDisk, proxy, fsyncLimit, plan, memory, cpus, ...rest } = node;
  const tell = (key: string, text: string) => changes.push(`nodes.${name}.${key}: ${text}`);
  if (os !== undefined && os !== 'debian-12') tell('os', `debian-12 instead of ${os}`);
  if (arch !== undefined && arch !== 'amd64') tell('arch', `amd64 instead of ${arch}`);
  if (nic !== undefined && nic !== 'eth0') tell('interface', `eth0 instead of ${nic}`);
  if (dataDisk !== undefined) tell('dataDisk', "K3s' data is on the system's disk");
  if (proxy !== undefined) tell('proxy', 'none');
  if (fsyncLimit !== undefined) tell('fsyncLimit', "none, because the disk is this machine's");
  const tooLarge = resolved !== undefined && (resolved.memory > host.memory || resolved.cpus > host.cpus);
  if (tooLarge) {
    tell('memory', `${Math.floor(Math.min(resolved.memory, host.memory) / 2 ** 20)}Mi`);
    tell('cpus', `${Math.min(resolved.cpus, host.cpus)}`);
  }
  return {
    ...rest,
    ...(os !== undefined && { os: 'debian-12' as const }),
    ...(nic !== undefined && { interface: 'eth0' }),
    ...(tooLarge
      ? {
          memory: `${Math.floor(Math.min(resolved.memory, host.memory) / 2 ** 20)}Mi` as NonNullable<
            NodeConfig['memory']
          >,
          cpus: Math.min(resolved.cpus, host.cpus),
        }
      : {
          ...(plan !== undefined && { plan }),
          ...(memory !== undefined && { memory }),
          ...(cpus !== undefined && { cpus }),
        }),
  };
}

/** Addresses of machines whose config has none. */
export function addressesOf(platform: Platform): ReadonlyMap<string, string> {
  return new Map(
    platform.nodes.map(({ name, address }, index) => [name, address ?? `10.20.0.${11 + index}`]),
  );
}
