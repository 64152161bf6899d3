import { type ChildProcess, spawn } from 'node:child_process';
import type { Node } from './node.ts';

/** Where a node's journal takes what programs say in the form of syslog. */
const socket = '/run/systemd/journal/dev-log';

/** Where what has come is, a line each. */
export const journalFile = '/tmp/journal';

const program = `
import os, socket, sys
at = sys.argv[1]
os.makedirs(os.path.dirname(at), exist_ok=True)
taker = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
taker.bind(at)
os.chmod(at, 0o666)
print('ready', flush=True)
with open(sys.argv[2], 'ab', 0) as lines:
    while True:
        lines.write(taker.recv(65536).rstrip(b'\\n') + b'\\n')
`;

/** Takes a node's messages in place of systemd's journal, until it is ended. */
export async function startJournal(node: Node): Promise<ChildProcess> {
  const child = spawn('python3', ['-c', program, node.file(socket), node.file(journalFile)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', () => reject(new Error('no journal')));
  });
  return child;
}
