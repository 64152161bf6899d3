import { readFileSync } from 'node:fs';
import { type Load, load } from '../../test/gateway/wrk.ts';
import type { Subject } from './subjects.ts';

/** A load, and what it cost the subject. */
export interface Measured extends Load {
  /** Requests per second. */
  readonly rate: number;
  /** Microseconds of processor time per request, in the subject's own processes. */
  readonly cpu: number;
}

/** Linux counts processor time in hundredths of a second, whatever the kernel's own clock. */
const ticks = 100;

/** Puts a subject under load. */
export async function measure(subject: Subject, clients: number, seconds: number): Promise<Measured> {
  const before = processorSeconds(subject);
  const result = await load(subject, { clients, seconds, path: subject.path });
  const used = processorSeconds(subject) - before;
  const { requests } = result;
  const none = requests === 0 && { p50: Number.NaN, p99: Number.NaN };
  return { ...result, ...none, rate: requests / result.seconds, cpu: (used * 1e6) / requests };
}

/** What 40 uploads did. */
export interface Uploaded {
  /** Megabytes (10^6 bytes) per second, of all together. */
  readonly speed: number;
  /** Bytes that the subject's processes have caused to be written to disk. */
  readonly written: number;
}

const uploads = { count: 40, atOnce: 4, bytes: 10_000_000 };

/** Uploads bodies of 10 MB over HTTP/2, four at a time. */
export async function upload(subject: Subject): Promise<Uploaded> {
  const { count, atOnce, bytes } = uploads;
  const { node, domain, path } = subject;
  const before = bytesWritten(subject);
  const url = `https://${domain}${path}`;
  const one = `--data-binary @/tmp/body --output /dev/null --write-out '%{http_code}\\n' ${url}`;
  const options = "--silent --insecure --http2 --resolve '*:443:127.0.0.1'";
  const each = Array.from({ length: count / atOnce }, () => `${options} ${one}`).join(' --next ');
  await node.run(`head -c ${bytes} /dev/zero >/tmp/body`);
  const begun = performance.now();
  const { stdout } = await node.run(`for client in $(seq ${atOnce}); do curl ${each} & done; wait`);
  const seconds = (performance.now() - begun) / 1000;
  const taken = stdout.match(/^200$/gm)?.length ?? 0;
  if (taken !== count) throw new Error(`${taken} of ${count} uploads were taken: ${stdout}`);
  return {
    speed: (count * bytes) / 1e6 / seconds,
    written: bytesWritten(subject) - before,
  };
}

/** The numbers of the processes that are the subject. */
function processesOf({ node }: Subject): number[] {
  return node
    .processes()
    .filter(({ command }) => command.startsWith('nginx: worker') || command.startsWith('caddy '))
    .map(({ pid }) => pid);
}

function processorSeconds(subject: Subject): number {
  const used = processesOf(subject).map((pid) => {
    // The second field is the name in parentheses, and may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return Number(fields[11]) + Number(fields[12]);
  });
  return sum(used) / ticks;
}

function bytesWritten(subject: Subject): number {
  const written = processesOf(subject).map((pid) =>
    Number(/^write_bytes: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]),
  );
  return sum(written);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
