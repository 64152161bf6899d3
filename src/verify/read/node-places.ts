import type { ArtifactKind } from '../../artifacts/artifact.ts';
import { joinTokens } from '../../platform/nodes/join-tokens.ts';

/** One file that Fjord puts on nodes: a new one is a row of `nodePlaces`, and of no other list. */
export interface NodePlace {
  readonly path: string;
  readonly kind: ArtifactKind;
  readonly permissions: '0600' | '0644' | '0700' | '0755';
  /** What it is printed from, one after the other, by the path below `src/renderers/`; `?` behind what may be left out. */
  readonly templates?: readonly string[];
}

const applyScript = [
  'head.sh.hbs',
  'preflight.sh.hbs',
  'packages.sh.hbs',
  'nginx-keys.sh.hbs?',
  'files.sh.hbs',
  'nginx-package.sh.hbs?',
  'system.sh.hbs',
  'restore.sh.hbs?',
  'nginx.sh.hbs?',
  'backup.sh.hbs?',
  'k3s.sh.hbs',
  'admin-password.sh.hbs?',
  'certificate.sh.hbs?',
  'tail.sh.hbs',
];

const unit = (path: string, file: string): NodePlace => ({
  path: `/etc/systemd/${path}`,
  kind: 'unit',
  permissions: '0644',
  templates: [`node-files/templates/${file}`],
});

const text = (path: string, file: string): NodePlace => ({
  path: `/etc/${path}`,
  kind: 'text',
  permissions: '0644',
  templates: [`node-files/templates/${file}`],
});

const script = (name: string, file: string): NodePlace => ({
  path: `/usr/local/sbin/${name}`,
  kind: 'script',
  permissions: '0755',
  templates: [`node-files/templates/${file}`],
});

const file = (path: string, kind: ArtifactKind, permissions: NodePlace['permissions']): NodePlace => ({
  path,
  kind,
  permissions,
});

/** Every place on a node that a file of ours may be in. */
export const nodePlaces: readonly NodePlace[] = [
  {
    path: '/usr/local/sbin/fjord-apply',
    kind: 'script',
    permissions: '0700',
    templates: applyScript.map((part) => `apply-script/templates/${part}`),
  },
  script('openfaas-tls', 'tls.sh.hbs'),
  script('fjord-logs', 'fjord-logs.sh.hbs'),
  script('fjord-backup', 'fjord-backup.sh.hbs'),
  script('fjord-restore', 'fjord-restore.sh.hbs'),

  text('modules-load.d/fjord.conf', 'modules-load.conf.hbs'),
  text('apt/apt.conf.d/52fjord', 'apt-updates.conf.hbs'),
  text('apt/apt.conf.d/52fjord-nginx', 'apt-nginx-updates.conf.hbs'),
  text('apt/preferences.d/fjord-nginx', 'nginx-org-preferences.hbs'),
  text('apt/sources.list.d/fjord-nginx.sources', 'nginx-org.sources.hbs'),
  text('ssh/sshd_config.d/10-fjord.conf', 'sshd.conf.hbs'),
  text('logrotate.d/nginx', 'logrotate-nginx.hbs'),
  { ...text('sysctl.d/99-serverless.conf', '99-serverless.conf.hbs'), kind: 'sysctl' },
  { ...text('fjord/firewall.nft', 'firewall.nft.hbs'), kind: 'nftables' },

  unit('system/fjord-firewall.service', 'fjord-firewall.service.hbs'),
  unit('journald.conf.d/fjord.conf', 'journald.conf.hbs'),
  unit('system/fjord-logs.service', 'fjord-logs.service.hbs'),
  unit('system/fjord-logs.timer', 'fjord-logs.timer.hbs'),
  unit('system/fjord-backup.service', 'fjord-backup.service.hbs'),
  unit('system/fjord-backup.timer', 'fjord-backup.timer.hbs'),
  unit('system/k3s.service.d/fjord.conf', 'k3s-drop-in.conf.hbs'),
  unit('system/k3s-agent.service.d/fjord.conf', 'k3s-drop-in.conf.hbs'),
  unit('system/openfaas-cert.service', 'openfaas-cert.service.hbs'),
  unit('system/openfaas-cert.path', 'openfaas-cert.path.hbs'),
  unit('system/nginx.service.d/fjord.conf', 'nginx-drop-in.conf.hbs'),

  file('/etc/sysctl.d/90-kubelet.conf', 'sysctl', '0600'),
  file('/etc/rancher/k3s/config.yaml', 'k3s-config', '0600'),
  file('/etc/rancher/k3s/registries.yaml', 'registries', '0600'),
  file('/etc/rancher/k3s/admission.yaml', 'admission-config', '0600'),
  file('/etc/rancher/k3s/audit.yaml', 'audit-policy', '0600'),
  ...Object.values(joinTokens).map((token) => file(token.file, 'token', '0600')),
  file('/etc/nginx/nginx.conf', 'nginx', '0644'),
  file('/etc/nginx/conf.d/openfaas.conf', 'nginx', '0644'),
  ...['fjord', 'fjord-functions', 'fjord-source'].map((name) =>
    file(`/var/lib/rancher/k3s/server/manifests/${name}.yaml`, 'manifest', '0600'),
  ),
];

/** The place of that path, or undefined where nothing of ours belongs. */
export function nodePlaceOf(path: string): NodePlace | undefined {
  return nodePlaces.find((place) => place.path === path);
}
