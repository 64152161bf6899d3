import type { AdminConfig, GatewayConfig } from '../../config/gateway/gateway.ts';
import type { PlatformConfig } from '../../config/platform-config.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { userLines } from '../../nginx/argument.ts';
import { nginxFeatures, nginxTarget } from '../../nginx/targets.ts';
import { parseSize } from '../../units/amounts.ts';
import type { Node } from '../nodes/node.ts';
import { operatingSystems } from '../nodes/operating-systems.ts';
import { isTaken } from '../nodes/taken-ports.ts';
import { sortedEntries } from '../sorted-entries.ts';
import { diagnoseAuthority } from './authorities.ts';
import { diagnoseBalancer, endsAtBalancer } from './balancer.ts';
import { commonFeatures } from './features.ts';
import type { Gateway } from './gateway.ts';
import { diagnoseHeaders, resolveHeaders } from './headers.ts';
import { diagnoseHealthPath } from './health-path.ts';
import { type Insider, insidersOf, outsidersOf } from './insiders.ts';
import {
  diagnoseAllowed,
  diagnoseExempt,
  diagnoseKeptOut,
  diagnoseReachableFrom,
  resolveTrustedProxies,
} from './networks.ts';
import { diagnoseRateLimit, resolveRateLimit } from './rate-limit.ts';

import { diagnoseDomains, resolveRedirects } from './redirects.ts';
import { resolveMemory } from './resolve-memory.ts';
import { resolveTls } from './tls.ts';

/**
 * nginx's settings with their defaults.
 *
 * @param nodes all of them; nginx' form follows from those that it runs on
 */
export function resolveGateway(
  config: PlatformConfig,
  nodes: readonly Node[],
): readonly [Gateway, Diagnostic[]] {
  const written = config.gateway ?? {};
  const insiders = insidersOf(config);
  const withNginx = nodes.filter(({ nginx }) => nginx);
  const [tls, tlsProblems] = resolveTls(written.tls);
  const [trustedProxies, proxyProblems] = resolveTrustedProxies(written, insiders);
  const packages = written.packages ?? 'distribution';
  const buffers = resolveBuffers(written);
  const [memory, memoryProblems] = resolveMemory(config, nodes, buffers);
  const bufferProblems = diagnoseBuffers(written, buffers);
  const gateway: Gateway = {
    packages,
    packagesFrom: written.packagesFrom ?? 'https://nginx.org',
    features: commonFeatures(
      withNginx.map(({ os }) => os),
      packages,
    ),
    aliases: [...(written.aliases ?? [])].sort(),
    redirects: resolveRedirects(written.redirects),
    tls,
    rateLimit: resolveRateLimit(written.rateLimit ?? {}),
    connectionLimit: written.connectionLimit ?? Math.min(100, Math.max(1, Math.floor(memory.requests / 4))),
    exempt: outsidersOf(written.exempt ?? [], insiders),
    ipv6: written.ipv6 ?? true,
    ipv6Prefix: written.ipv6Prefix ?? 64,
    trustedProxies,
    reachableFrom:
      written.reachableFrom === 'trusted-proxies' || endsAtBalancer({ tls })
        ? trustedProxies?.networks
        : undefined,
    admin: written.admin && {
      networks: outsidersOf(written.admin.networks ?? [], insiders),
      clientCertificate: written.admin.clientCertificate ?? false,
    },
    maxBody: parseSize(written.maxBody ?? '1m'),
    buffers,
    errorPage: written.errorPage,
    headers: resolveHeaders(written.headers),
    healthPath: written.healthPath,
    statusPort: written.statusPort,
    ...memory,
  };
  return [
    gateway,
    [
      ...tlsProblems,
      ...diagnoseAuthority(config),
      ...diagnosePackages(written),
      ...diagnoseDomains(config),
      ...diagnoseHealthPath(config),
      ...diagnoseIpv6(config),
      ...diagnoseHttp3(gateway, withNginx),
      ...diagnoseRateLimit(written.rateLimit, ['gateway', 'rateLimit']),
      ...diagnoseExempt(written.exempt ?? [], ['gateway', 'exempt'], insiders),
      ...proxyProblems,
      ...diagnoseReachableFrom(written, tls),
      ...diagnoseBalancer(config),
      ...diagnoseAdmin(written.admin, written.tls?.clientCa, insiders),
      ...diagnoseKeptOut(config),
      ...bufferProblems,
      ...(bufferProblems.length > 0 ? [] : memoryProblems),
      ...diagnoseErrorPage(written.errorPage),
      ...diagnoseHeaders(written.headers),
      ...diagnoseStatusPort(written.statusPort, config),
    ],
  ];
}

function resolveBuffers({ buffers }: GatewayConfig): Gateway['buffers'] {
  return {
    body: parseSize(buffers?.body ?? '1m'),
    count: buffers?.count ?? 8,
    size: parseSize(buffers?.size ?? '16k'),
    header: parseSize(buffers?.header ?? '32k'),
  };
}

/** Bytes. One call holds several; what is larger is for disks. */
const largestBuffer = 16 * 1024 ** 2;

/** nginx refuses to start otherwise: busy buffers hold at least one of each kind and leave one free. */
function diagnoseBuffers(
  { buffers }: GatewayConfig,
  { body, count, size, header }: Gateway['buffers'],
): Diagnostic[] {
  if (Math.max(body, size, header) > largestBuffer) {
    const key = size > largestBuffer ? 'size' : header > largestBuffer ? 'header' : 'body';
    return [report('resolve/buffer-too-large', ['gateway', 'buffers', key], { size: buffers?.[key] ?? '' })];
  }
  if (Math.max(size, header) <= (count - 1) * size) return [];
  return [
    report('resolve/buffers-too-few', ['gateway', 'buffers'], {
      count,
      size: buffers?.size ?? '16k',
      header: buffers?.header ?? '32k',
      enough: Math.ceil(Math.max(size, header) / size) + 1,
    }),
  ];
}

/** A mirror of what is not used. */
function diagnosePackages({ packages = 'distribution', packagesFrom }: GatewayConfig): Diagnostic[] {
  if (packagesFrom === undefined || packages !== 'distribution') return [];
  return [report('resolve/packages-from-unused', ['gateway', 'packagesFrom'], undefined, { at: 'key' })];
}

/** Without IPv6, nothing else may need it. */
function diagnoseIpv6({ gateway, k3s }: PlatformConfig): Diagnostic[] {
  if (gateway?.ipv6 !== false) return [];
  return [
    ...(k3s?.ipv6 === undefined ? [] : [report('resolve/ipv6-needed', ['gateway', 'ipv6'], undefined)]),
    ...(gateway.ipv6Prefix === undefined
      ? []
      : [report('resolve/ipv6-prefix-unused', ['gateway', 'ipv6Prefix'], undefined, { at: 'key' })]),
  ];
}

function diagnoseHttp3({ tls, packages }: Gateway, nodes: readonly Node[]): Diagnostic[] {
  if (!tls.http3) return [];
  return nodes
    .filter(({ os }) => !nginxFeatures(nginxTarget(os, packages)).quic)
    .map(({ name: node, os }) => {
      const { title, nginx } = operatingSystems[os];
      return report('resolve/http3-not-built', ['gateway', 'tls', 'http3'], { node, os: title, nginx });
    });
}

function diagnoseAdmin(
  admin: AdminConfig | undefined,
  clientCa: string | undefined,
  insiders: readonly Insider[],
): Diagnostic[] {
  if (admin === undefined) return [];
  const path = ['gateway', 'admin'];
  // Without a certificate, everybody is an error of its own.
  const diagnostics = diagnoseAllowed(admin.networks ?? [], [...path, 'networks'], insiders).filter(
    ({ code }) => admin.clientCertificate || code !== 'resolve/network-of-everybody',
  );
  if (admin.clientCertificate && clientCa === undefined) {
    diagnostics.push(report('resolve/client-ca-missing', [...path, 'clientCertificate'], undefined));
  }
  if (admin.networks === undefined && !admin.clientCertificate) {
    diagnostics.push(report('resolve/admin-open', path, undefined, { at: 'key' }));
  }
  const everybody = (admin.networks ?? []).findIndex((network) => network.endsWith('/0'));
  if (everybody >= 0 && !admin.clientCertificate) {
    diagnostics.push(report('resolve/admin-open', [...path, 'networks', everybody], undefined));
  }
  return diagnostics;
}

/** It is one argument of a conf, and nginx' lexer has room for no longer one. */
function diagnoseErrorPage(page: string | undefined): Diagnostic[] {
  const carried = page === undefined ? page : userLines(page);
  if (typeof carried !== 'object') return [];
  return [report('resolve/error-page-not-carried', ['gateway', 'errorPage'], carried)];
}

/** Reports a `statusPort` that a program on the node has: one that listens on all addresses has it on loopback too. */
function diagnoseStatusPort(port: number | undefined, { nodes }: PlatformConfig): Diagnostic[] {
  if (port === undefined) return [];
  const path = ['gateway', 'statusPort'];
  const sharing = sortedEntries(nodes).filter(([, { sshPort = 22 }]) => sshPort === port);
  return [
    ...(isTaken(port) ? [report('resolve/port-taken', path, { port, program: "nginx' counters" })] : []),
    ...sharing.map(([node]) => report('resolve/port-shared', path, { port, node })),
  ];
}
