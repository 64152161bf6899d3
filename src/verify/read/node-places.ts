import type { ArtifactKind } from '../../artifacts/artifact.ts';
import { joinTokens } from '../../platform/nodes/join-tokens.ts';

/** One file that Fjord puts on nodes: a new one is a row of `nodePlaces`, and of no other list. */
export interface NodePlace {
  readonly path: string;
  readonly kind: ArtifactKind;
  readonly permissions: '0600' | '0644' | '0700' | '0755';
  /** Lines that it must have, in this order. */
  readonly lines?: readonly RegExp[];
  /**
   * Lines that it may have besides. Given for a language that is read line by line and in which a line may run a
   * program or switch a check off: no other line is then allowed.
   */
  readonly also?: readonly RegExp[];
  /** What begins a comment. @default '#' */
  readonly comment?: '#' | '//';
}

const strict = [/^#!\/bin\/bash$/, /^set -euo pipefail$/];

/** Every place on a node that a file of ours may be in. */
const nodePlaces: readonly NodePlace[] = [
  { path: '/usr/local/sbin/fjord-apply', kind: 'script', permissions: '0700', lines: strict },
  { path: '/usr/local/sbin/openfaas-tls', kind: 'script', permissions: '0755', lines: strict },
  {
    path: '/etc/modules-load.d/fjord.conf',
    kind: 'text',
    permissions: '0644',
    // Modules that sysctls need, and none by its path.
    also: [/^(br_netfilter|nf_conntrack|sch_[a-z_]+|tcp_[a-z]+)$/],
  },
  {
    path: '/etc/apt/apt.conf.d/52fjord',
    kind: 'text',
    permissions: '0644',
    comment: '//',
    lines: [/^APT::Periodic::Update-Package-Lists "1";$/, /^APT::Periodic::Unattended-Upgrade "1";$/],
    also: [],
  },
  {
    path: '/etc/apt/apt.conf.d/52fjord-nginx',
    kind: 'text',
    permissions: '0644',
    comment: '//',
    lines: [/^Unattended-Upgrade::Origins-Pattern \{ "origin=nginx"; \};$/],
    also: [],
  },
  {
    path: '/etc/apt/preferences.d/fjord-nginx',
    kind: 'text',
    permissions: '0644',
    // Of nginx.org's packages nginx alone comes before the distribution's.
    lines: [
      /^Package: \*$/,
      /^Pin: release o=nginx$/,
      /^Pin-Priority: 100$/,
      /^Package: nginx$/,
      /^Pin: release o=nginx$/,
      /^Pin-Priority: 900$/,
    ],
    also: [],
  },
  {
    path: '/etc/apt/sources.list.d/fjord-nginx.sources',
    kind: 'text',
    permissions: '0644',
    // Which place and which key, `nginxFromOnePlace` knows.
    lines: [
      /^Types: deb$/,
      /^URIs: \S+$/,
      /^Suites: [a-z]+$/,
      /^Components: nginx$/,
      /^Architectures: (amd64|arm64)$/,
      /^Signed-By: \/etc\/apt\/keyrings\/fjord-nginx\.gpg$/,
    ],
    also: [],
  },
  {
    path: '/etc/ssh/sshd_config.d/10-fjord.conf',
    kind: 'text',
    permissions: '0644',
    // Which of them a node needs, the lock file's intent says.
    also: [
      /^Port \d+$/,
      /^PasswordAuthentication no$/,
      /^KbdInteractiveAuthentication no$/,
      /^PermitRootLogin prohibit-password$/,
      /^MaxAuthTries [1-6]$/,
      /^X11Forwarding no$/,
    ],
  },
  { path: '/etc/sysctl.d/99-serverless.conf', kind: 'sysctl', permissions: '0644' },
  { path: '/etc/sysctl.d/90-kubelet.conf', kind: 'sysctl', permissions: '0600' },
  { path: '/etc/rancher/k3s/config.yaml', kind: 'k3s-config', permissions: '0600' },
  { path: '/etc/rancher/k3s/registries.yaml', kind: 'registries', permissions: '0600' },
  { path: '/etc/rancher/k3s/admission.yaml', kind: 'admission-config', permissions: '0600' },
  { path: '/etc/rancher/k3s/audit.yaml', kind: 'audit-policy', permissions: '0600' },
  ...Object.values(joinTokens).map(({ file }) => ({
    path: file,
    kind: 'token' as const,
    permissions: '0600' as const,
  })),
  // What it does with packets is judged packet by packet.
  { path: '/etc/fjord/firewall.nft', kind: 'nftables', permissions: '0644' },
  {
    path: '/etc/systemd/system/fjord-firewall.service',
    kind: 'unit',
    permissions: '0644',
    lines: [
      /^\[Unit\]$/,
      /^DefaultDependencies=no$/,
      /^Wants=network-pre\.target$/,
      /^Before=network-pre\.target sysinit\.target shutdown\.target nginx\.service k3s\.service k3s-agent\.service$/,
      /^Conflicts=shutdown\.target$/,
      /^\[Service\]$/,
      /^Type=oneshot$/,
      /^RemainAfterExit=yes$/,
      /^ExecStart=\/usr\/sbin\/nft --file \/etc\/fjord\/firewall\.nft$/,
      /^ExecReload=\/usr\/sbin\/nft --file \/etc\/fjord\/firewall\.nft$/,
      /^\[Install\]$/,
      /^WantedBy=sysinit\.target$/,
    ],
    also: [/^Description=[\w' -]+$/],
  },
  { path: '/usr/local/sbin/fjord-logs', kind: 'script', permissions: '0755', lines: strict },
  {
    path: '/etc/logrotate.d/nginx',
    kind: 'text',
    permissions: '0644',
    lines: [
      /^\/var\/log\/nginx\/\*\.log \{$/,
      /^ {4}size [1-9]\d*$/,
      /^ {4}postrotate$/,
      /^ {8}\[ ! -s \/run\/nginx\.pid \] \|\| kill -USR1 "\$\(cat \/run\/nginx\.pid\)"$/,
      /^ {4}endscript$/,
      /^\}$/,
    ],
    also: [
      /^ {4}rotate [1-9]\d*$/,
      /^ {4}(dateext|missingok|notifempty|compress|delaycompress|sharedscripts)$/,
      /^ {4}dateformat -%Y%m%d-%s$/,
      /^ {4}create 0640 (www-data|nginx) adm$/,
    ],
  },
  {
    path: '/etc/systemd/journald.conf.d/fjord.conf',
    kind: 'unit',
    permissions: '0644',
    lines: [
      /^\[Journal\]$/,
      /^Storage=persistent$/,
      /^SystemMaxUse=[1-9]\d*$/,
      /^RuntimeMaxUse=[1-9]\d*M$/,
      /^ForwardToSyslog=no$/,
    ],
    also: [],
  },
  {
    path: '/etc/systemd/system/fjord-logs.service',
    kind: 'unit',
    permissions: '0644',
    lines: [
      /^\[Unit\]$/,
      /^\[Service\]$/,
      /^Type=oneshot$/,
      /^ExecStart=\/usr\/local\/sbin\/fjord-logs$/,
      /^LogLevelMax=notice$/,
    ],
    also: [/^Description=[\w' -]+$/],
  },
  {
    path: '/etc/systemd/system/fjord-logs.timer',
    kind: 'unit',
    permissions: '0644',
    lines: [
      /^\[Unit\]$/,
      /^\[Timer\]$/,
      /^OnActiveSec=[1-9]\d*s$/,
      /^OnUnitInactiveSec=[1-9]\d*s$/,
      /^AccuracySec=100ms$/,
      /^\[Install\]$/,
      /^WantedBy=timers\.target$/,
    ],
    also: [/^Description=[\w' -]+$/],
  },
  ...['k3s', 'k3s-agent'].map((unit) => ({
    path: `/etc/systemd/system/${unit}.service.d/fjord.conf`,
    kind: 'unit' as const,
    permissions: '0644' as const,
    lines: [/^\[Service\]$/, /^OOMScoreAdjust=-999$/],
    also: [],
  })),
  { path: '/etc/nginx/nginx.conf', kind: 'nginx', permissions: '0644' },
  { path: '/etc/nginx/conf.d/openfaas.conf', kind: 'nginx', permissions: '0644' },
  {
    path: '/etc/systemd/system/openfaas-cert.service',
    kind: 'unit',
    permissions: '0644',
    lines: [
      /^\[Unit\]$/,
      /^After=nginx\.service network-online\.target$/,
      /^Wants=network-online\.target( openfaas-cert\.path)?$/,
      /^StartLimitIntervalSec=0$/,
      /^\[Service\]$/,
      /^Type=oneshot$/,
      /^ExecStart=\/usr\/local\/sbin\/openfaas-tls issue$/,
      /^Restart=on-failure$/,
      /^RestartSec=[1-9]\d*min$/,
      /^\[Install\]$/,
      /^WantedBy=multi-user\.target$/,
    ],
    also: [/^Description=[\w' -]+$/],
  },
  {
    path: '/etc/systemd/system/openfaas-cert.path',
    kind: 'unit',
    permissions: '0644',
    lines: [/^\[Path\]$/, /^PathChanged=\/[\w./@+-]+$/, /^PathChanged=\/[\w./@+-]+$/],
    also: [],
  },
  {
    path: '/etc/systemd/system/nginx.service.d/fjord.conf',
    kind: 'unit',
    permissions: '0644',
    lines: [
      /^\[Service\]$/,
      /^ExecStartPre=$/,
      /^ExecStartPre=\/usr\/local\/sbin\/openfaas-tls placeholder$/,
      /^ExecStartPre=\/usr\/sbin\/nginx -t -q -g 'daemon on; master_process on;'$/,
      /^ExecStop=$/,
      /^ExecStop=-\/sbin\/start-stop-daemon --quiet --stop --retry QUIT\/\d+ --pidfile \/run\/nginx\.pid$/,
      /^TimeoutStopSec=\d+$/,
      /^Restart=on-failure$/,
      /^RestartSec=[1-9]\d*$/,
      /^LimitNOFILE=\d+$/,
      /^MemoryMax=[1-9]\d+$/,
      /^MemorySwapMax=0$/,
      /^OOMPolicy=continue$/,
      /^OOMScoreAdjust=100$/,
      /^LogRateLimitIntervalSec=1min$/,
      /^LogRateLimitBurst=600$/,
    ],
    also: [],
  },
  ...['fjord', 'fjord-functions', 'fjord-source'].map((name) => ({
    path: `/var/lib/rancher/k3s/server/manifests/${name}.yaml`,
    kind: 'manifest' as const,
    permissions: '0600' as const,
  })),
];

/** The place of that path, or undefined where nothing of ours belongs. */
export function nodePlaceOf(path: string): NodePlace | undefined {
  return nodePlaces.find((place) => place.path === path);
}
