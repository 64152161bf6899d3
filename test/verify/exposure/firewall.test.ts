import { describe, expect, it } from 'vitest';
import { parseFirewall } from '../../../src/verify/exposure/firewall.ts';

function chain(...rules: string[]): string {
  return `table inet fjord {
  chain input {
    type filter hook input priority filter; policy drop;
    ${rules.join('\n    ')}
  }
}
`;
}

describe('the packet filter is read', () => {
  it('with ports, ranges and sources', () => {
    const [firewall, problems] = parseFirewall(
      chain(
        'ip saddr { 10.0.0.2, 10.0.0.3 } tcp dport { 6443, 2379-2380 } accept',
        'ip6 saddr fd00::/56 accept',
      ),
    );
    expect(problems).toEqual([]);
    expect(firewall).toEqual({
      chains: [
        {
          name: 'input',
          hook: 'input',
          policy: 'drop',
          rules: [
            {
              line: 4,
              verdict: 'accept',
              from: ['10.0.0.2', '10.0.0.3'],
              protocol: 'tcp',
              ports: [
                [6443, 6443],
                [2379, 2380],
              ],
            },
            { line: 5, verdict: 'accept', from: ['fd00::/56'] },
          ],
        },
      ],
      translations: [],
    });
  });

  it('with addresses that it replaces, in no other form', () => {
    const replacing = (rule: string) =>
      parseFirewall(
        `table inet fjord {\nchain input {\ntype filter hook input priority filter; policy drop;\n}\nchain own {\ntype nat hook prerouting priority -110; policy accept;\n${rule}\n}\n}`,
      );
    const [firewall] = replacing('iifname cni0 ip daddr 10.43.0.1 tcp dport 443 dnat ip to 10.0.0.1:6443');
    expect(firewall?.translations).toEqual([
      { hook: 'prerouting', in: 'cni0', to: '10.43.0.1', port: 443, instead: '10.0.0.1', portInstead: 6443 },
    ]);
    expect(firewall?.chains.map(({ name }) => name)).toEqual(['input']);
    for (const rule of [
      'masquerade',
      'dnat ip to 10.0.0.1',
      'ip daddr 0.0.0.0/0 dnat ip to 10.0.0.1',
      'accept',
    ]) {
      expect(replacing(rule)[1]).toEqual([{ line: 7, message: `cannot read the rule '${rule}'` }]);
    }
  });

  it.each([
    'tcp dport != 22 accept',
    'tcp dport 22 counter accept',
    'tcp dport 0 accept',
    'tcp dport 70000 accept',
    'ip daddr fd00::1 accept',
    'ip saddr 10.0.0.1 ip saddr 10.0.0.2 accept',
    'ip daddr != 10.0.0.1 accept',
    'oifname eth0',
    'reject',
    'jump other',
    'tcp dport 22 accept; accept',
    'ip saddr { 10.0.0.1 } udp accept',
  ])('and %s is said to be unreadable', (rule) => {
    const [firewall, problems] = parseFirewall(chain(rule));
    expect(firewall).toBeUndefined();
    expect(problems).toEqual([{ line: 4, message: `cannot read the rule '${rule}'` }]);
  });

  it('and a file without a chain is no filter', () => {
    expect(parseFirewall('flush ruleset\n')[1].map(({ message }) => message)).toEqual([
      "cannot read 'flush ruleset'",
      'no chain filters what comes in',
    ]);
  });
});
