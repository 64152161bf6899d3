import { setTimeout as wait } from 'node:timers/promises';
import type { Running } from './running.ts';

/** What something took, as the kernel counts it. */
export interface Taken {
  /** The most of several looks, without the files that the kernel would give up first, as the kubelet counts it. Bytes. */
  readonly memory: number;
  /**
   * The most that its processes had in memory, files of programs included. The kernel counts those for whoever read them
   * first, which is mostly containerd: after a reboot it is the container. Bytes.
   */
  readonly resident: number;
  /** Thousandths of a processor, over all looks. */
  readonly cpu: number;
}

/** The memory and processor time of each cgroup below two, and of the whole machine: name, bytes, pages, ticks. */
const look = `
root=/sys/fs/cgroup
if [ -e $root/memory ]; then root=$root/memory; fi
one() {
  if [ -e "$2/memory.current" ]; then usage=$(cat "$2/memory.current"); key=inactive_file
  else usage=$(cat "$2/memory.usage_in_bytes"); key=total_inactive_file; fi
  idle=$(awk -v key=$key '$1 == key { print $2 }' "$2/memory.stat")
  ticks=0
  pages=0
  for pid in $(find "$2" -name cgroup.procs -exec cat {} +); do
    own=$(sed 's/^.*) //' "/proc/$pid/stat" | awk '{ print $12 + $13 + $14 + $15 }')
    ticks=$((ticks + own))
    pages=$((pages + $(awk '{ print $2 }' "/proc/$pid/statm")))
  done
  echo "$1 $((usage - idle)) $pages $ticks"
}
for group in $(find $root/kubepods* -type d -regex '.*/[0-9a-f]+' -o -type d -name 'cri-containerd-*'); do
  one "\${group##*/}" "$group"
done
for unit in $root/system.slice/*.service; do one "\${unit##*/}" "$unit"; done
one all $root
exit 0
`;

const ticksPerSecond = 100;
const pageSize = 4096;

interface Look {
  readonly memory: number;
  readonly resident: number;
  readonly ticks: number;
}

function looked(running: Running): Map<string, Look> {
  const { stdout } = running.first.run('bash', '-c', look);
  return new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => {
        const [name = '', memory, pages, ticks] = line.split(' ');
        return [
          name.replace(/^cri-containerd-|\.scope$/g, ''),
          { memory: Number(memory), resident: Number(pages) * pageSize, ticks: Number(ticks) },
        ];
      }),
  );
}

/**
 * Looks at a machine again and again for some seconds. Containers are named `LABEL-OF-THE-POD/CONTAINER`, units as systemd
 * names them, and the whole is `all`; of copies the one that took most counts.
 */
export async function measure(running: Running, seconds: number): Promise<ReadonlyMap<string, Taken>> {
  const names = containerNames(running);
  const first = looked(running);
  const began = Date.now();
  const most = new Map<string, Taken>();
  while (Date.now() - began < seconds * 1000) {
    await wait(2000);
    const elapsed = (Date.now() - began) / 1000;
    for (const [id, { memory, resident, ticks }] of looked(running)) {
      const name = names.get(id) ?? id;
      const before = first.get(id);
      if (before === undefined || /^[0-9a-f]{64}$/.test(name)) continue;
      const cpu = ((ticks - before.ticks) / ticksPerSecond / elapsed) * 1000;
      const last = most.get(name);
      most.set(name, {
        memory: Math.max(memory, last?.memory ?? 0),
        resident: Math.max(resident, last?.resident ?? 0),
        cpu: Math.max(cpu, 0),
      });
    }
  }
  return most;
}

function containerNames(running: Running): Map<string, string> {
  return new Map(
    running
      .pods()
      .flatMap(({ metadata, status }) =>
        (status.containerStatuses ?? []).map(({ name, containerID = '' }) => [
          containerID.replace(/^.*\/\//, ''),
          `${metadata.labels.app ?? metadata.labels.faas_function ?? metadata.labels['k8s-app'] ?? metadata.name}/${name}`,
        ]),
      ),
  );
}
