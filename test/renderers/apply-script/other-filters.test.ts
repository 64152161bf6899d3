import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import { smallest } from '../../cases/smallest.ts';
import { describeGateway } from '../../gateway/describe-gateway.ts';

const { artifacts } = compileConfig(smallest, 'platform.config.ts');
const script = artifacts.find(({ path }) => path.endsWith('apply.sh'))?.text ?? '';
const [check = ''] = /^drops=[\s\S]+?^\[ -z "\$drops" \].*$/m.exec(script) ?? [];
const [ours = ''] = /^table inet fjord\n[\s\S]+?(?=^END$)/m.exec(script) ?? [];

/** The script's own lines, in a network of their own where nft has loaded these rules beside ours. */
function beside(rules: string): string {
  const { stdout, stderr } = spawnSync(
    'unshare',
    [
      '--net',
      // A shell that finds a socket as its input takes itself for one of rsh and reads bash.bashrc.
      ...['bash', '--norc'],
      '-euo',
      'pipefail',
      '-c',
      `nft -f -; fail() { echo "$1"; exit 1; }\n${check}\necho fine`,
    ],
    { input: `${ours}\n${rules}`, encoding: 'utf8' },
  );
  return `${stdout}${stderr}`.trim();
}

const base = (hook: string, inside = '', policy = 'accept') =>
  `table ip filter { chain KUBE-FIREWALL { drop; }; chain THEIRS { type filter hook ${hook} priority 0; policy ${policy}; ${inside} }; }`;

describeGateway(
  'a packet filter beside ours',
  () => {
    it('is compiled into the script', () => expect(check.length * ours.length).toBeGreaterThan(0));

    it.each([
      ['of ufw', base('input', '', 'drop'), 'policy drop'],
      [
        'of iptables-persistent, as images have it',
        base('input', 'ct state established accept; reject with icmp host-prohibited;'),
        'reject with',
      ],
      ['that drops what is forwarded', base('forward', 'counter drop;'), 'counter drop'],
      [
        'of firewalld',
        'table inet firewalld { chain filter_INPUT { type filter hook input priority 10; reject; }; }',
        'reject',
      ],
    ])('%s stops the script, which names it and the way out', (_, rules, named) => {
      const printed = beside(rules);
      expect(printed).toMatch(
        /^another filter drops too: systemctl disable ufw, netfilter-persistent or firewalld, and reboot\. It has /,
      );
      expect(printed).toContain(named);
    });

    it.each([
      ['nothing', ''],
      ['the chains of K3s, which drop in chains that are jumped to', base('input', 'jump KUBE-FIREWALL;')],
      [
        'one that drops single addresses, like fail2ban',
        base('input', 'ip saddr 198.51.100.7 tcp dport 22 reject;'),
      ],
      ['one of what leaves', base('output', '', 'drop')],
      [
        "Debian's own, which is empty",
        'table inet filter { chain input { type filter hook input priority filter; }; }',
      ],
    ])('%s does not', (_, rules) => expect(beside(rules)).toBe('fine'));
  },
  'nft',
);
