import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnosePorts, ownPorts, reservePorts, unreserved } from '../../../src/platform/kernel/ports.ts';
import { diagnoseTogether, diagnoseValue, valueRanges } from '../../../src/platform/kernel/values.ts';

const codes = (key: string, value: string) => diagnoseValue(key, value).map(({ code }) => code);

describe('a value', () => {
  it.each([
    ['net.ipv4.tcp_rmem', '4096 131072 6291456'],
    ['net.ipv4.tcp_rmem', '4096 4096 4096'],
    ['net.ipv4.ip_local_port_range', '1024 65535'],
    ['net.ipv4.tcp_congestion_control', 'bbr'],
    ['net.core.default_qdisc', 'fq'],
    ['kernel.printk', '3 4 1 3'],
    ['kernel.shmmax', '18446744073692774399'],
    ['kernel.core_pattern', 'core.%e'],
    ['vm.lowmem_reserve_ratio', '256 256 32 1'],
    ['net.ipv4.conf.all.rp_filter', '2'],
  ])('that the kernel takes is let pass: %s = %s', (key, value) => expect(codes(key, value)).toEqual([]));

  it.each([
    ['net.ipv4.tcp_rmem', '4096 131072', 'resolve/sysctl-count'],
    ['vm.swappiness', '1 2', 'resolve/sysctl-count'],
    ['net.ipv4.tcp_wmem', '4096 16384 100', 'resolve/sysctl-not-rising'],
    ['net.ipv4.ip_local_port_range', '60000 1024', 'resolve/sysctl-not-rising'],
    ['net.ipv4.ip_local_port_range', '80 65000', 'resolve/sysctl-out-of-range'],
    ['net.ipv4.ip_local_port_range', '1024 70000', 'resolve/sysctl-out-of-range'],
    ['net.ipv4.tcp_congestion_control', 'bbr2', 'resolve/sysctl-not-a-word'],
    ['net.core.default_qdisc', 'fair', 'resolve/sysctl-not-a-word'],
    ['vm.swappiness', 'low', 'resolve/sysctl-not-a-number'],
    ['vm.swappiness', '201', 'resolve/sysctl-out-of-range'],
    ['fs.file-max', '99999999999999999999', 'resolve/sysctl-out-of-range'],
  ])('that the kernel refuses is an error: %s = %s', (key, value, code) =>
    expect(codes(key, value)).toEqual([code]),
  );
});

const together = (sysctl: Record<string, string | number>) =>
  diagnoseTogether(sysctl).map(({ code }) => code);

describe('two settings', () => {
  it('that are the same limit exclude each other', () =>
    expect(together({ 'vm.dirty_ratio': 5, 'vm.dirty_bytes': 1 })).toEqual(['resolve/sysctls-exclude']));

  it('stand in their order', () => {
    expect(together({ 'net.core.rmem_default': 9000, 'net.core.rmem_max': 8000 })).toEqual([
      'resolve/sysctls-reversed',
    ]);
    expect(together({ 'net.core.rmem_default': 8000, 'net.core.rmem_max': 8000 })).toEqual([]);
  });
});

describe('ports of nginx and K3s', () => {
  const range = 'net.ipv4.ip_local_port_range';
  const list = 'net.ipv4.ip_local_reserved_ports';

  it('are reserved where a wider range covers them', () => {
    expect(reservePorts({ [range]: '1024 65000' }, []).map(({ value }) => value)).toEqual([
      '2379-2382,6443-6444,10010,10248-10260',
    ]);
    expect(reservePorts({ [range]: '16384 65000' }, [])).toEqual([]);
    expect(reservePorts({}, [])).toEqual([]);
  });

  it('are reserved with those of other programs and of flannel, in the range that every Linux has', () => {
    const openings = [{ port: 50022 }, { port: 9100 }, { port: 41641 }, { port: 41641 }, { port: 6443 }];
    const reserved = (written: Record<string, string>, backend: string) =>
      reservePorts(written, ownPorts(openings, backend)).map(({ value }) => value);
    expect(reserved({}, 'host-gw')).toEqual(['41641,50022']);
    expect(reserved({}, 'wireguard-native')).toEqual(['41641,50022,51820-51821']);
    expect(reserved({ [range]: '1024 45000' }, 'vxlan')).toEqual([
      '2379-2382,6443-6444,8472,9100,10010,10248-10260,41641',
    ]);
    expect(reserved({ [list]: '41641,50022' }, 'host-gw')).toEqual([]);
    expect(unreserved({ [list]: '41000-42000' }, ownPorts(openings, 'host-gw'))).toBe('50022');
    expect(diagnosePorts({ [list]: '50022' }, ownPorts(openings, 'host-gw')).map(({ code }) => code)).toEqual(
      ['resolve/ports-not-reserved'],
    );
  });

  it('are asked for in a list of the config', () => {
    const codesOf = (value: string) =>
      diagnosePorts({ [range]: '1024 65000', [list]: value }, []).map(({ code }) => code);
    expect(codesOf('2379-2382,6443-6444,10010,10248-10260,12000')).toEqual([]);
    expect(codesOf('6443,10250')).toEqual(['resolve/ports-not-reserved']);
    expect(codesOf('6443 10250')).toEqual(['resolve/sysctl-not-ports']);
    expect(codesOf('10250-6443')).toEqual(['resolve/sysctl-not-ports']);
    expect(unreserved({ [range]: '6000 7000' }, [])).toBe('6443-6444');
  });
});

const root = process.getuid?.() === 0;

it.skipIf(!root)('a reserved port is given to no outgoing connection, of either protocol', () => {
  const [{ value = '' } = {}] = reservePorts({}, ownPorts([{ port: 41641 }], 'wireguard-native'));
  const ask = `
import socket
def given(kind):
    with socket.socket(type=kind) as one:
        one.bind(("", 0))
        return one.getsockname()[1]
print(*[len({given(kind) for _ in range(300)} & {41641, 51820, 51821}) for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM)])`;
  const script = (range: string, reserved: string) =>
    execFileSync(
      'unshare',
      [
        ...['--net', 'sh', '-c'],
        `echo '${range}' >/proc/sys/net/ipv4/ip_local_port_range; echo '${reserved}' >/proc/sys/net/ipv4/ip_local_reserved_ports; python3 -c '${ask}'`,
      ],
      { encoding: 'utf8' },
    ).trim();
  expect(value).toBe('41641,51820-51821');
  expect([script('41640 41643', value), script('51819 51822', value)]).toEqual(['0 0', '0 0']);
  expect([script('41640 41643', ''), script('51819 51822', '')]).not.toContain('0 0');
});

/** Whether the kernel takes each value, in a network of its own. */
function taken(tries: readonly (readonly [key: string, value: string])[]): (boolean | undefined)[] {
  const script = tries
    .map(([key, value]) => {
      const file = `/proc/sys/${key.replaceAll('.', '/')}`;
      return `if [ ! -w ${file} ]; then echo absent; elif (echo '${value}' >${file}) 2>/dev/null; then echo yes; else echo no; fi`;
    })
    .join('\n');
  const answers = execFileSync('unshare', ['-n', 'sh', '-c', script], { encoding: 'utf8' })
    .trim()
    .split('\n');
  return answers.map((answer) => (answer === 'absent' ? undefined : answer === 'yes'));
}

describe.runIf(root && existsSync('/usr/bin/unshare'))("this machine's kernel", () => {
  const ofNetworks = valueRanges.filter(([key]) => key.startsWith('net.ipv4.'));

  it('takes the ends of each range', () => {
    const ends = ofNetworks.flatMap(([key, [least, most]]) => {
      // A range of ports is two numbers.
      const text = (number: number) => (key.endsWith('_port_range') ? `${least} ${number}` : String(number));
      return [
        [key, text(least)],
        [key, text(most)],
      ] as const;
    });
    const answers = taken(ends);
    const refused = ends.filter((_, index) => answers[index] === false);
    expect(refused).toEqual([]);
  });

  it('refuses what is beyond each range', () => {
    // Seconds are counted in ticks, of which this kernel may have fewer.
    const exact = ofNetworks.filter(([, [, most]]) => most !== 2_147_483);
    const beyond = exact.flatMap(([key, [least, most]]) => {
      const text = (number: number) =>
        key.endsWith('_port_range') ? `${number} ${most + 1}` : String(number);
      return [
        [key, text(least - 1)],
        [key, text(most + 1)],
      ] as const;
    });
    const answers = taken(beyond);
    expect(answers.filter((answer) => answer !== undefined).length).toBeGreaterThan(40);
    expect(beyond.filter((_, index) => answers[index])).toEqual([]);
  });
});
