import fc from 'fast-check';
import { expect, it } from 'vitest';
import { specialUse } from '../../src/units/special-use.ts';
import { describeWithTool } from '../conformance/real-tool.ts';
import { runTool } from '../conformance/run-tool.ts';

/** Both sides of each border of a range that has a purpose, and addresses from everywhere. */
const borders = [
  ...'0.0.0.0 0.255.255.255 1.0.0.0 10.0.0.1 100.64.0.1 126.255.255.255 127.0.0.1 128.0.0.0 169.253.255.255'.split(
    ' ',
  ),
  ...'169.254.0.1 169.255.0.0 172.16.0.1 192.0.0.1 192.0.0.254 192.0.1.0 192.0.2.1 192.168.0.1 198.17.255.255'.split(
    ' ',
  ),
  ...'198.18.0.0 198.19.255.255 198.20.0.0 198.51.100.1 203.0.113.1 223.255.255.255 224.0.0.1 239.1.1.1'.split(
    ' ',
  ),
  ...'240.0.0.1 254.1.1.1 255.255.255.255 :: ::1 ::2 100::1 100:0:0:1::1 fe80::1 febf::1 fec0::1 ff02::1'.split(
    ' ',
  ),
  ...'fc00::1 fd00:10::1 2001:db8::1 2001:2::1 2a01:4f8::1 2001:67c::1'.split(' '),
];
const address = fc.oneof(
  fc.ipV4(),
  fc.ipV4(),
  fc
    .tuple(
      fc.constantFrom('2a01', '2001:db8', 'fe80', 'fd12', 'ff05', '2600'),
      fc.integer({ min: 1, max: 0xffff }),
    )
    .map(([start, end]) => `${start}::${end.toString(16)}`),
);

/** Addresses of documentation and of private networks are allowed; the rest as the registries have it. */
const script = `
import ipaddress, sys
allowed = [ipaddress.ip_network(text) for text in '192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 2001:db8::/32 100.64.0.0/10 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7'.split()]
protocols = ipaddress.ip_network('192.0.0.0/24')
for line in sys.stdin.read().split():
    a = ipaddress.ip_address(line)
    own = any(a.version == n.version and a in n for n in allowed)
    of_nobody = a.is_multicast or a.is_loopback or a.is_link_local or a.is_unspecified or not a.is_global
    print('special' if not own and (of_nobody or (a.version == 4 and a in protocols)) else 'machine')
`;

describeWithTool('python3', "IANA's registries, as Python's ipaddress has them,", (python) => {
  it('give no machine an address that is refused, and know no other', () => {
    const all = [...new Set([...borders, ...fc.sample(address, 4000)])];
    const { stdout, stderr } = runTool(python, ['-c', script], all.join('\n'));
    expect(stderr).toBe('');
    const theirs = stdout.trim().split('\n');
    const ours = all.map((each) => (specialUse(each) === undefined ? 'machine' : 'special'));
    expect(all.filter((_, index) => theirs[index] !== ours[index])).toEqual([]);
    expect(ours.filter((each) => each === 'special').length).toBeGreaterThan(400);
  });
});
