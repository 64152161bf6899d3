/** Every file that Fjord puts on nodes, by where it is there. What each holds is for `renderers/` and `verify/`. */
export const places = {
  applyScript: '/usr/local/sbin/fjord-apply',
  fetchScript: '/usr/local/sbin/fjord-fetch',
  tlsScript: '/usr/local/sbin/openfaas-tls',
  nginxScript: '/usr/local/sbin/fjord-nginx',
  logsScript: '/usr/local/sbin/fjord-logs',
  maintainScript: '/usr/local/sbin/fjord-maintain',
  drainScript: '/usr/local/sbin/fjord-drain',
  backupScript: '/usr/local/sbin/fjord-backup',
  restoreScript: '/usr/local/sbin/fjord-restore',
  watchScript: '/usr/local/sbin/fjord-watch',

  modulesLoad: '/etc/modules-load.d/fjord.conf',
  aptUpdates: '/etc/apt/apt.conf.d/52fjord',
  aptNginxUpdates: '/etc/apt/apt.conf.d/52fjord-nginx',
  /** Read after the image's own, so that it wins over one of the provider. */
  aptProxy: '/etc/apt/apt.conf.d/99fjord-proxy',
  nginxOrgPreferences: '/etc/apt/preferences.d/fjord-nginx',
  nginxOrgSources: '/etc/apt/sources.list.d/fjord-nginx.sources',
  sshd: '/etc/ssh/sshd_config.d/10-fjord.conf',
  logrotate: '/etc/logrotate.d/nginx',
  needrestart: '/etc/needrestart/conf.d/fjord.conf',
  sysctls: '/etc/sysctl.d/99-serverless.conf',
  kubeletSysctls: '/etc/sysctl.d/90-kubelet.conf',
  firewall: '/etc/fjord/firewall.nft',
  resolvConf: '/etc/fjord/resolv.conf',
  /** For the programs of the node that are not K3s. */
  proxyEnv: '/etc/fjord/proxy.env',

  firewallService: '/etc/systemd/system/fjord-firewall.service',
  dataMount: '/etc/systemd/system/var-lib-rancher.mount',
  journald: '/etc/systemd/journald.conf.d/fjord.conf',
  logsService: '/etc/systemd/system/fjord-logs.service',
  logsTimer: '/etc/systemd/system/fjord-logs.timer',
  maintainService: '/etc/systemd/system/fjord-maintain.service',
  maintainTimer: '/etc/systemd/system/fjord-maintain.timer',
  drainService: '/etc/systemd/system/fjord-drain.service',
  backupService: '/etc/systemd/system/fjord-backup.service',
  backupTimer: '/etc/systemd/system/fjord-backup.timer',
  watchService: '/etc/systemd/system/fjord-watch.service',
  watchTimer: '/etc/systemd/system/fjord-watch.timer',
  k3sDropIn: '/etc/systemd/system/k3s.service.d/fjord.conf',
  k3sAgentDropIn: '/etc/systemd/system/k3s-agent.service.d/fjord.conf',
  certificateService: '/etc/systemd/system/openfaas-cert.service',
  certificatePath: '/etc/systemd/system/openfaas-cert.path',
  nginxDropIn: '/etc/systemd/system/nginx.service.d/fjord.conf',
  certbotDropIn: '/etc/systemd/system/certbot.service.d/fjord.conf',

  k3sConfig: '/etc/rancher/k3s/config.yaml',
  registries: '/etc/rancher/k3s/registries.yaml',
  /** The same where nodes log in: apply.sh adds what only the node has. */
  registriesBase: '/etc/fjord/registries.yaml',
  k3sProxyEnv: '/etc/rancher/k3s/proxy.env',
  admission: '/etc/rancher/k3s/admission.yaml',
  audit: '/etc/rancher/k3s/audit.yaml',
  serverToken: '/etc/rancher/k3s/server-token',
  agentToken: '/etc/rancher/k3s/agent-token',

  nginxMain: '/etc/nginx/nginx.conf',
  nginxServers: '/etc/nginx/conf.d/openfaas.conf',

  // In the folder from which K3s takes manifests by itself.
  manifests: '/var/lib/rancher/k3s/server/manifests/fjord.yaml',
  functionResources: '/var/lib/rancher/k3s/server/manifests/fjord-functions.yaml',
  gitSource: '/var/lib/rancher/k3s/server/manifests/fjord-source.yaml',
} as const;

/** What those files name on a node and others make: packages, scripts when they run, nginx. */
export const otherPlaces = {
  ssh: '/etc/ssh/',
  k3s: '/etc/rancher/k3s/',
  kubeconfig: '/etc/rancher/k3s/k3s.yaml',
  /** What the kubelet itself may do. */
  kubeletKubeconfig: '/var/lib/rancher/k3s/agent/kubelet.kubeconfig',
  nginx: '/etc/nginx/',
  nginxModules: '/etc/nginx/modules-enabled/*.conf',
  nginxConfs: '/etc/nginx/conf.d/*.conf',
  mimeTypes: '/etc/nginx/mime.types',
  nginxPid: '/run/nginx.pid',
  nginxLogs: '/var/log/nginx/',
  /** Where the journal takes what nginx writes to syslog. */
  syslog: '/run/systemd/journal/dev-log',
  backupSshKey: '/etc/fjord/backup-ssh-key',
  backupS3: '/etc/fjord/backup-s3',
  /** Of each registry: user and password. */
  registryLogins: '/etc/fjord/registries/',
  /** Addresses and logins of the targets of alerts. */
  alerts: '/etc/fjord/alerts/',
  nginxOrgKeyring: '/etc/apt/keyrings/fjord-nginx.gpg',
  /** Of each domain's certificate: a link, to a placeholder first and to certbot's own directory later. */
  tls: '/etc/nginx/tls/',
  /** Where certbot puts what the certificate authority asks for. */
  challenges: '/var/www/letsencrypt',
} as const;

/** Where a node has its user and password at a registry. */
export function credentialsOf(registry: string): string {
  return `${otherPlaces.registryLogins}${registry}`;
}

/** The name of a domain's directories: with `_` for `*`, which a shell would read as a pattern. No domain has a `_`. */
export function directoryOf(domain: string): string {
  return domain.replace(/^\*/, '_');
}

/** The domain whose directories are called so. */
export function domainOf(directory: string): string {
  return directory.replace(/^_/, '*');
}

/** Where nginx finds a domain's certificate. */
export function certificateOf(domain: string): string {
  return `${otherPlaces.tls}${directoryOf(domain)}/fullchain.pem`;
}

/** Where nginx finds the key of that certificate. */
export function certificateKeyOf(domain: string): string {
  return `${otherPlaces.tls}${directoryOf(domain)}/privkey.pem`;
}
