import { report } from '../../../diagnostics/report.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { DistNode } from '../../dist.ts';
import type { Rule } from '../rule.ts';

/** A package, what on a node needs it, and for what. */
type Need = readonly [name: RegExp, isNeeded: (node: DistNode) => boolean, needed: string];

const always = () => true;
const runsNginx = ({ files }: DistNode) => files.has(places.nginxMain);
const holds = (path: string) => (node: DistNode) => node.files.has(path);
const fromNginxOrg = holds(places.nginxOrgSources);
const says = (pattern: RegExp) => (node: DistNode) =>
  [...node.files.values()].some(({ text }) => pattern.test(text));

const needs: readonly Need[] = [
  [/^age$/, holds(places.backupScript), 'its backups'],
  [/^apparmor$/, always, "the runtime's profiles"],
  [/^ca-certificates$/, always, 'downloads by https'],
  [/^curl$/, says(/\bcurl --fail\b/), 'downloads'],
  [/^nftables$/, holds(places.firewall), 'its firewall'],
  [/^unattended-upgrades$/, says(/^APT::Periodic::Unattended-Upgrade "1";$/m), 'security updates'],
  [/^nginx$/, (node) => runsNginx(node) && !fromNginxOrg(node), 'its gateway'],
  [/^gpg$/, fromNginxOrg, "nginx.org's keys"],
  [/^openssl$/, runsNginx, 'the certificate that nginx starts with'],
  [/^logrotate$/, runsNginx, "nginx's logs"],
  [/^certbot$/, says(/\bcertbot certonly\b/), 'certificates'],
  [
    /^python3-certbot-dns-[a-z0-9]+$/,
    says(/--dns-[a-z0-9]+(?:-credentials)?\b/),
    "the authority's challenges",
  ],
];

/** Each node installs what its files and its script use, and nothing else. */
export const packagesForAll: Rule = {
  name: 'packages-for-all',
  harm: 'reachability',
  loss: 'A script would call a program that is not installed.',
  check: ({ nodes }) =>
    nodes.flatMap((node) => {
      const artifact = { path: node.path };
      return [
        ...needs
          .filter(([name, isNeeded]) => isNeeded(node) && !node.packages.some((own) => name.test(own)))
          .map(([name, , needed]) => {
            const params = { node: node.name, name: name.source.replace(/^\^|\$$/g, ''), needed };
            return report('verify/package-missing', [], params, { artifact });
          }),
        ...node.packages
          .filter((own) => !needs.some(([name, isNeeded]) => name.test(own) && isNeeded(node)))
          .map((name) => report('verify/package-unknown', [], { node: node.name, name }, { artifact })),
      ];
    }),
};
