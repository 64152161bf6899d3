import type { AlertsIntent, BackupIntent, Intent } from '../artifacts/intent.ts';
import { startOf } from '../constructs/functions/container.ts';
import type { Alerts } from '../platform/alerts/alerts.ts';
import type { Backups } from '../platform/backups/backups.ts';
import type { PlatformFunction } from '../platform/functions/function.ts';
import { kubeletArguments } from '../platform/k3s/kubelet.ts';
import { writtenReason } from '../platform/kernel/sysctls.ts';
import type { Node } from '../platform/nodes/node.ts';
import type { Platform } from '../platform/platform.ts';

/**
 * The access that the config grants: who may log in, who may connect, and where downloads are from. Any of it could be
 * intended, so a rule cannot tell from the files whether they are wrong. It compares them with this record instead.
 */
export function intentOf({
  nodes,
  k3s,
  openfaas,
  gateway,
  functions,
  delivery,
  backups,
  alerts,
}: Platform): Intent {
  const { trustedProxies, admin } = gateway;
  return {
    ssh: Object.fromEntries(nodes.map((node) => [node.name, loginOf(node)])),
    kernel: Object.fromEntries(
      (nodes[0]?.sysctls ?? []).flatMap(({ key, value, reason }) =>
        reason === writtenReason && value !== undefined ? [[key, value]] : [],
      ),
    ),
    k3s: {
      hardening: k3s.hardened ? 'cis' : 'none',
      kubeconfig: { mode: k3s.kubeconfigMode, group: k3s.kubeconfigGroup ?? null },
      ...(kubeletArguments(k3s.kubelet).length > 0 && { kubelet: kubeletArguments(k3s.kubelet) }),
      overlay: k3s.flannelBackend,
      ...(k3s.resolvers && { resolvers: k3s.resolvers }),
      ...(k3s.searchDomains.length > 0 && { searchDomains: k3s.searchDomains }),
      downloads: k3s.downloadFrom,
      ...(k3s.registries &&
        k3s.registries.access.length > 0 && {
          logins: Object.fromEntries(
            k3s.registries.access.map(({ registry, credentials, ca }) => [
              registry,
              { ...(credentials && { auth: true as const }), ...(ca && { ca }) },
            ]),
          ),
        }),
      mirrors: Object.fromEntries(
        (k3s.registries?.mirrors ?? []).map(({ registry, endpoints, rewrite }) => [
          registry,
          { endpoint: endpoints, ...(rewrite && { rewrite }) },
        ]),
      ),
    },
    ...(backups && { backups: backupsOf(backups) }),
    ...(alerts && { alerts: alertsOf(alerts) }),
    gateway: {
      trustedProxies: trustedProxies
        ? { header: trustedProxies.header, networks: [...trustedProxies.networks].sort() }
        : null,
      exempt: [...gateway.exempt.networks].sort(),
      ...(gateway.aliases.length > 0 && { aliases: gateway.aliases }),
      ...(gateway.redirects.length > 0 && {
        redirects: Object.fromEntries(gateway.redirects.map(({ from, to }) => [from, to])),
      }),
      ...(gateway.healthPath !== undefined && { healthPath: gateway.healthPath }),
      ...(gateway.headers.length > 0 && {
        headers: Object.fromEntries(gateway.headers.map(({ name, value }) => [name, value])),
      }),
      admin: admin
        ? { networks: [...admin.networks.networks].sort(), clientCertificate: admin.clientCertificate }
        : null,
    },
    ...(openfaas.callbackEgress && { callbackEgress: openfaas.callbackEgress }),
    functions: Object.fromEntries(functions.map((fn) => [fn.name, accessOf(fn)])),
    git:
      delivery.mode === 'gitops'
        ? {
            repository: delivery.repository,
            branch: delivery.branch,
            path: delivery.path,
            secret: delivery.secret ?? null,
          }
        : null,
  };
}

function backupsOf({ recipients, time, keep, ssh, s3 }: Backups): BackupIntent {
  return {
    recipients,
    time,
    keep,
    ssh: ssh ?? null,
    s3: s3 ? { ...s3, prefix: s3.prefix ?? null } : null,
  };
}

function alertsOf({ targets, deadMansSwitch, every, limits }: Alerts): AlertsIntent {
  return {
    to: Object.fromEntries(
      targets.map(({ name, kind, host, mail }) => [name, { kind, host, mail: mail ?? null }]),
    ),
    deadMansSwitch: deadMansSwitch ?? null,
    every,
    limits: { ...limits },
  };
}

function loginOf({ ssh }: Node): Intent['ssh'][string] {
  return ssh ? { user: ssh.user ?? null, keys: ssh.keys } : null;
}

function accessOf(fn: PlatformFunction): Intent['functions'][string] {
  const { http } = fn;
  return {
    ...startOf(fn),
    domains: [...http.domains].sort(),
    paths: [...http.paths].sort(),
    networks: [...http.networks.networks].sort(),
    ...(fn.callbacks.length > 0 && { callbacks: fn.callbacks }),
    ...(http.cors && { origins: [...http.cors.origins].sort() }),
    auth: http.auth ?? null,
  };
}
