import type { NodeFile } from '../../artifacts/artifact.ts';
import type { Node, Sysctl } from '../../platform/nodes/node.ts';
import { places } from '../../platform/nodes/places.ts';
import { template } from '../template.ts';

const modulesLoad = template('node-files/templates/modules-load.conf.hbs');
const updates = template('node-files/templates/apt-updates.conf.hbs');
const sshd = template('node-files/templates/sshd.conf.hbs');
const sysctls = template<{ marker: string; settings: readonly Sysctl[] }>(
  'node-files/templates/99-serverless.conf.hbs',
);

/** Prefixes of keys that exist only when a module is loaded. */
const moduleOf: readonly (readonly [prefix: string, module: string])[] = [
  ['net.bridge.', 'br_netfilter'],
  ['net.netfilter.', 'nf_conntrack'],
  ['net.nf_conntrack_max', 'nf_conntrack'],
];

/** Values that the kernel accepts only when a module is loaded. Those built in (`cubic`, `pfifo_fast`) need none. */
const moduleOfValue: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'net.core.default_qdisc': {
    cake: 'sch_cake',
    codel: 'sch_codel',
    fq: 'sch_fq',
    fq_codel: 'sch_fq_codel',
    fq_pie: 'sch_fq_pie',
    sfq: 'sch_sfq',
  },
  'net.ipv4.tcp_congestion_control': {
    bbr: 'tcp_bbr',
    dctcp: 'tcp_dctcp',
    htcp: 'tcp_htcp',
    hybla: 'tcp_hybla',
    illinois: 'tcp_illinois',
    vegas: 'tcp_vegas',
    westwood: 'tcp_westwood',
  },
};

/** The kernel modules that a node's sysctls need, sorted. */
export function modulesFor(node: Node): string[] {
  const needed = node.sysctls.flatMap(({ key, value }) => {
    if (value === undefined) return [];
    const own = moduleOf.filter(([prefix]) => key.startsWith(prefix)).map(([, module]) => module);
    return [...own, moduleOfValue[key]?.[value] ?? []].flat();
  });
  return [...new Set(needed)].sort();
}

/** Files that load modules before the sysctls at each boot, and install security updates every day. */
export function systemFiles(node: Node, marker: string): NodeFile[] {
  const modules = modulesFor(node);
  const file = { kind: 'text', permissions: '0644' } as const;
  return [
    ...(modules.length === 0
      ? []
      : [
          {
            ...file,
            path: places.modulesLoad,
            text: modulesLoad({ marker, modules: modules.map((module) => ({ module })) }),
          },
        ]),
    { ...file, path: places.aptUpdates, text: updates({ marker }) },
  ];
}

/** The drop-in with the node's kernel settings. */
export function sysctlFile(node: Node, marker: string): NodeFile {
  return {
    path: places.sysctls,
    kind: 'sysctl',
    text: sysctls({ marker, settings: node.sysctls }),
    permissions: '0644',
  };
}

/** A drop-in for sshd: sets the port, and disables passwords if there are keys, so that nobody is locked out. */
export function sshFiles(node: Node, marker: string): NodeFile[] {
  const keysAlone = node.ssh !== undefined;
  const port = node.sshPort === 22 ? undefined : node.sshPort;
  if (!keysAlone && port === undefined) return [];
  return [{ path: places.sshd, kind: 'text', text: sshd({ marker, port, keysAlone }), permissions: '0644' }];
}
