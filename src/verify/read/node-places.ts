import type { ArtifactKind } from '../../artifacts/artifact.ts';
import { places } from '../../platform/nodes/places.ts';

/** One file that Fjord puts on nodes. A new one is a name in `places` and a row of `nodePlaces`. */
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
  'disk.sh.hbs',
  'proxy.sh.hbs?',
  'packages.sh.hbs',
  'nginx-keys.sh.hbs?',
  'files.sh.hbs',
  'firewall.sh.hbs',
  'nginx-package.sh.hbs?',
  'system.sh.hbs',
  'restore.sh.hbs?',
  'nginx.sh.hbs?',
  'backup.sh.hbs?',
  'k3s.sh.hbs',
  'admin-password.sh.hbs?',
  'certificate.sh.hbs?',
  'alerts.sh.hbs?',
  'tail.sh.hbs',
];

const made = (path: string, kind: ArtifactKind, permissions: NodePlace['permissions'], template: string) => ({
  path,
  kind,
  permissions,
  templates: [`node-files/templates/${template}`],
});

const script = (path: string, template: string) => made(path, 'script', '0755', template);
const text = (path: string, template: string) => made(path, 'text', '0644', template);
const unit = (path: string, template: string) => made(path, 'unit', '0644', template);

const file = (path: string, kind: ArtifactKind, permissions: NodePlace['permissions']): NodePlace => ({
  path,
  kind,
  permissions,
});

/** Every place on a node that a file of ours may be in. */
export const nodePlaces: readonly NodePlace[] = [
  {
    path: places.applyScript,
    kind: 'script',
    permissions: '0700',
    templates: applyScript.map((part) => `apply-script/templates/${part}`),
  },
  {
    path: places.fetchScript,
    kind: 'script',
    permissions: '0700',
    templates: ['user-data/templates/fjord-fetch.sh.hbs'],
  },
  script(places.tlsScript, 'tls.sh.hbs'),
  script(places.nginxScript, 'fjord-nginx.sh.hbs'),
  script(places.logsScript, 'fjord-logs.sh.hbs'),
  script(places.maintainScript, 'fjord-maintain.sh.hbs'),
  script(places.drainScript, 'fjord-drain.sh.hbs'),
  script(places.backupScript, 'fjord-backup.sh.hbs'),
  script(places.restoreScript, 'fjord-restore.sh.hbs'),
  script(places.watchScript, 'fjord-watch.py.hbs'),

  text(places.modulesLoad, 'modules-load.conf.hbs'),
  text(places.aptUpdates, 'apt-updates.conf.hbs'),
  text(places.aptNginxUpdates, 'apt-nginx-updates.conf.hbs'),
  text(places.aptProxy, 'apt-proxy.conf.hbs'),
  text(places.nginxOrgPreferences, 'nginx-org-preferences.hbs'),
  text(places.nginxOrgSources, 'nginx-org.sources.hbs'),
  text(places.resolvConf, 'resolv.conf.hbs'),
  text(places.proxyEnv, 'proxy.env.hbs'),
  text(places.k3sProxyEnv, 'k3s-proxy.env.hbs'),
  text(places.sshd, 'sshd.conf.hbs'),
  text(places.logrotate, 'logrotate-nginx.hbs'),
  text(places.needrestart, 'needrestart.conf.hbs'),
  made(places.sysctls, 'sysctl', '0644', '99-serverless.conf.hbs'),
  made(places.firewall, 'nftables', '0644', 'firewall.nft.hbs'),

  unit(places.firewallService, 'fjord-firewall.service.hbs'),
  unit(places.dataMount, 'var-lib-rancher.mount.hbs'),
  unit(places.journald, 'journald.conf.hbs'),
  unit(places.logsService, 'fjord-logs.service.hbs'),
  unit(places.logsTimer, 'fjord-logs.timer.hbs'),
  unit(places.maintainService, 'fjord-maintain.service.hbs'),
  unit(places.maintainTimer, 'fjord-maintain.timer.hbs'),
  unit(places.drainService, 'fjord-drain.service.hbs'),
  unit(places.backupService, 'fjord-backup.service.hbs'),
  unit(places.backupTimer, 'fjord-backup.timer.hbs'),
  unit(places.watchService, 'fjord-watch.service.hbs'),
  unit(places.watchTimer, 'fjord-watch.timer.hbs'),
  unit(places.k3sDropIn, 'k3s-drop-in.conf.hbs'),
  unit(places.k3sAgentDropIn, 'k3s-drop-in.conf.hbs'),
  unit(places.certificateService, 'openfaas-cert.service.hbs'),
  unit(places.certificatePath, 'openfaas-cert.path.hbs'),
  unit(places.nginxDropIn, 'nginx-drop-in.conf.hbs'),
  unit(places.certbotDropIn, 'certbot-drop-in.conf.hbs'),

  file(places.kubeletSysctls, 'sysctl', '0600'),
  file(places.k3sConfig, 'k3s-config', '0600'),
  file(places.registries, 'registries', '0600'),
  file(places.registriesBase, 'registries', '0600'),
  file(places.admission, 'admission-config', '0600'),
  file(places.audit, 'audit-policy', '0600'),
  file(places.serverToken, 'token', '0600'),
  file(places.agentToken, 'token', '0600'),
  file(places.nginxMain, 'nginx', '0644'),
  file(places.nginxServers, 'nginx', '0644'),
  file(places.manifests, 'manifest', '0600'),
  file(places.functionResources, 'manifest', '0600'),
  file(places.gitSource, 'manifest', '0600'),
];

/** The place of that path, or undefined where nothing of ours belongs. */
export function nodePlaceOf(path: string): NodePlace | undefined {
  return nodePlaces.find((place) => place.path === path);
}
