import { report } from '../../diagnostics/report.ts';
import type { NodeFileBack } from '../dist.ts';
import type { Rule } from './index.ts';

/** Files by their place: who may do what with them, and what each must say on lines of its own. */
interface Expectation {
  readonly place: RegExp;
  readonly permissions: RegExp;
  readonly lines?: readonly RegExp[];
}

const strict = [/^#!\/bin\/bash$/, /^set -euo pipefail$/];

const expectations: readonly Expectation[] = [
  { place: /^\/usr\/local\/sbin\/fjord-apply$/, permissions: /^0700$/, lines: strict },
  { place: /^\/usr\/local\/sbin\/openfaas-tls$/, permissions: /^0755$/, lines: strict },
  { place: /^\/usr\/local\/sbin\/fjord-logs$/, permissions: /^0755$/, lines: strict },
  {
    place: /^\/etc\/logrotate\.d\/nginx$/,
    permissions: /^0644$/,
    lines: [
      /^\/var\/log\/nginx\/\*\.log \{$/,
      /^ +size [1-9]\d*$/,
      /^ +postrotate$/,
      /^ +endscript$/,
      /^\}$/,
    ],
  },
  {
    place: /^\/etc\/systemd\/journald\.conf\.d\/fjord\.conf$/,
    permissions: /^0644$/,
    lines: [/^\[Journal\]$/, /^SystemMaxUse=[1-9]\d*$/, /^ForwardToSyslog=no$/],
  },
  {
    place: /^\/etc\/systemd\/system\/fjord-logs\.timer$/,
    permissions: /^0644$/,
    lines: [
      /^\[Timer\]$/,
      /^OnActiveSec=[1-9]s$/,
      /^OnUnitInactiveSec=[1-9]s$/,
      /^\[Install\]$/,
      /^WantedBy=timers\.target$/,
    ],
  },
  {
    place: /^\/etc\/systemd\/system\/k3s(-agent)?\.service\.d\/fjord\.conf$/,
    permissions: /^0644$/,
    lines: [/^\[Service\]$/, /^OOMScoreAdjust=-999$/],
  },
  { place: /^\/(etc|var\/lib)\/rancher\//, permissions: /^0600$/ },
  { place: /^\/etc\/fjord\/firewall\.nft$/, permissions: /^0644$/ },
  {
    place: /^\/etc\/apt\/apt\.conf\.d\/52fjord$/,
    permissions: /^0644$/,
    lines: [/^APT::Periodic::Update-Package-Lists "1";$/, /^APT::Periodic::Unattended-Upgrade "1";$/],
  },
  {
    place: /^\/etc\/systemd\/system\/openfaas-cert\.service$/,
    permissions: /^0644$/,
    lines: [
      /^\[Unit\]$/,
      /^After=nginx\.service network-online\.target$/,
      /^Wants=network-online\.target/,
      /^StartLimitIntervalSec=0$/,
      /^\[Service\]$/,
      /^Type=oneshot$/,
      /^ExecStart=\/usr\/local\/sbin\/openfaas-tls issue$/,
      /^Restart=on-failure$/,
      /^RestartSec=[1-9]\d*min$/,
      /^\[Install\]$/,
      /^WantedBy=multi-user\.target$/,
    ],
  },
  {
    place: /^\/etc\/systemd\/system\/nginx\.service\.d\/fjord\.conf$/,
    permissions: /^0644$/,
    lines: [
      /^\[Service\]$/,
      /^ExecStartPre=$/,
      /^ExecStartPre=\/usr\/local\/sbin\/openfaas-tls placeholder$/,
      /^ExecStartPre=\/usr\/sbin\/nginx -t /,
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
  },
  { place: /^\/etc\/(nginx|sysctl\.d|ssh|systemd|modules-load\.d)\//, permissions: /^0(600|644)$/ },
];

/** Each file of a node is for those who need it and says what it is for, in order, and no line of a unit twice. */
export const nodeFilesRight: Rule = ({ nodes }) =>
  nodes.flatMap((node) =>
    [...node.files].flatMap(([place, file]) =>
      problemsOf(place, file).map((problem) =>
        report(
          'verify/node-file-wrong',
          [],
          { place, problem },
          { artifact: { path: `${node.path}#${place}` } },
        ),
      ),
    ),
  );

function problemsOf(place: string, { text, permissions }: NodeFileBack): string[] {
  const expectation = expectations.find((one) => one.place.test(place));
  if (expectation === undefined) return [];
  // What apply.sh carries is looked at by itself.
  const lines = (text.split(/^put \d/m, 1)[0] ?? '').split('\n');
  return [
    ...(expectation.permissions.test(permissions) ? [] : [`has the permissions ${permissions}`]),
    ...orderProblems(lines, expectation.lines ?? []),
    ...(place.startsWith('/etc/systemd/') ? unitProblems(lines) : []),
  ];
}

/** Each is there once at least, behind the one before it. */
function orderProblems(lines: readonly string[], wanted: readonly RegExp[]): string[] {
  let from = 0;
  return wanted.flatMap((pattern) => {
    const at = lines.findIndex((line, index) => index >= from && pattern.test(line));
    if (at < 0) return [`does not say ${pattern.source.replace(/^\^|\$$|\\/g, '')} where it should`];
    from = at + 1;
    return [];
  });
}

const settings =
  /^(\[(Unit|Service|Install|Path|Timer|Journal)\]|(Description|DefaultDependencies|Conflicts|Before|Storage|SystemMaxUse|RuntimeMaxUse|ForwardToSyslog|OnActiveSec|OnUnitInactiveSec|AccuracySec|MemoryMax|MemorySwapMax|OOMPolicy|OOMScoreAdjust|LogLevelMax|LogRateLimitIntervalSec|LogRateLimitBurst|After|Wants|StartLimitIntervalSec|Type|RemainAfterExit|ExecStart|ExecReload|ExecStartPre|ExecStop|TimeoutStopSec|Restart|RestartSec|LimitNOFILE|WantedBy|PathChanged)=.*)$/;

/** systemd skips what it does not know. */
function unitProblems(lines: readonly string[]): string[] {
  const said = lines.filter((line) => line !== '' && !line.startsWith('#'));
  return said.flatMap((line, index) => [
    ...(settings.test(line) ? [] : [`says ${line}, which means nothing to us`]),
    // A certificate and its key may be in one file.
    ...(said.indexOf(line) < index && !line.startsWith('PathChanged=') ? [`says ${line} twice`] : []),
  ]);
}
