import type { Misfortune } from './misfortune.ts';

export const diskFull: Misfortune = {
  name: 'disk-full',
  title: 'the disk of each node is full for a minute',
  losesNoCall: false,
  backWithin: 420,
  strike: async ({ machines, wait }) => {
    const fill =
      'fallocate -l "$(df --output=avail --block-size=1 / | tail -n 1)" /var/fill; head -c 1G /dev/zero >/var/fill.rest';
    for (const machine of machines) machine.run('bash', '-c', `{ ${fill}; } 2>/dev/null`);
    await wait(60);
    for (const machine of machines) machine.must('rm', '-f', '/var/fill', '/var/fill.rest');
    return undefined;
  },
};

export const logFlood: Misfortune = {
  name: 'log-flood',
  title: 'a program writes as much to the journal as twice its limit',
  losesNoCall: true,
  backWithin: 60,
  strike: async ({ machines, platform }) => {
    const lines = Math.ceil((2 * platform.logs.journal) / lineBytes);
    for (const machine of machines) {
      const { status, stderr } = await machine.runSoon(
        'python3',
        ['-c', flood, String(lines), String(lineBytes)],
        {
          seconds: 300,
        },
      );
      if (status !== 0) throw new Error(`the flood on ${machine.name}: ${stderr.trim().slice(-300)}`);
    }
    return `${Math.round((lines * lineBytes) / 2 ** 20)} MiB in lines of ${lineBytes / 1024} KiB`;
  },
};

const lineBytes = 32 * 1024;

/** Lines that cannot be compressed, past the rate limit of a service: each from another unit's identifier. */
const flood = `
import base64, os, socket, sys
lines, size = int(sys.argv[1]), int(sys.argv[2])
journal = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
journal.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8 << 20)
for line in range(lines):
    text = base64.b64encode(os.urandom(size * 3 // 4))
    journal.sendto(b"PRIORITY=6\\nSYSLOG_IDENTIFIER=flood\\nMESSAGE=" + text, "/run/systemd/journal/socket")
`;
