import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { directivesBelow } from '../../../nginx/find.ts';
import { nginxLogs } from '../../../platform/logs/resolve.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Dist } from '../../dist.ts';
import { everyObject } from '../../kubernetes/every-object.ts';
import { kubeletArgument } from '../../kubernetes/kubelet-argument.ts';
import { podsIn } from '../../kubernetes/pod.ts';
import { shellOf } from '../../read/apply-script.ts';
import type { Rule } from '../rule.ts';

/** What the lock file says of the platform is what its files say. */
export const lockAddsUp: Rule = {
  name: 'lock-adds-up',
  harm: 'ownership',
  loss: 'The lock file would vouch for something that the files do not say.',
  check: (dist) => [...memory(dist), ...logs(dist), ...users(dist), ...names(dist), ...ownFiles(dist)],
};

function differs(what: string, listed: unknown, found: unknown): Diagnostic[] {
  return String(listed) === String(found)
    ? []
    : [
        report(
          'verify/lock-differs',
          [],
          { what, listed: String(listed), found: String(found) },
          { artifact: { path: 'platform.lock.json' } },
        ),
      ];
}

/** The files that each node looks for are those that `fjord user-data` delivers. */
function ownFiles({ lock, nodes }: Dist): Diagnostic[] {
  return nodes.flatMap(({ name, files }) => {
    const listed = lock.nodes.find((node) => node.name === name)?.ownFiles ?? [];
    const shell = shellOf(files.get(places.applyScript)?.text ?? '');
    const looked = /^own_files=\((.*)\)$/m.exec(shell)?.[1]?.replaceAll("'", '').split(' ');
    return differs(
      `the files that only ${name} has`,
      listed.map(({ path }) => path).join(', ') || 'none',
      (looked ?? []).join(', ') || 'none',
    );
  });
}

function memory({ lock: { gateway }, nginx }: Dist): Diagnostic[] {
  const first = (name: string) =>
    Number(nginx.flatMap(({ statements }) => directivesBelow(statements, name))[0]?.args[0]);
  const requests = nginx
    .flatMap(({ statements }) => directivesBelow(statements, 'limit_conn'))
    .filter(({ args }) => args[0] === 'openfaas_requests')
    .map(({ args }) => Number(args[1]));
  return [
    ...differs('the connections of the gateway', gateway.connections, first('worker_connections')),
    ...differs('the workers of the gateway', gateway.workers, first('worker_processes')),
    ...differs('the requests of the gateway', gateway.requests, [...new Set(requests)].join()),
  ];
}

/** What keeps the journal, nginx's logs and containers' as small as the lock file says, on each node that has it. */
function logs({ lock, nodes }: Dist): Diagnostic[] {
  const { rotateAt, keep } = nginxLogs(lock.logs.nginx, lock.gateway.workers);
  const { size, files } = lock.logs.containers;
  const sizes: [what: string, listed: number | string, path: string, pattern: RegExp][] = [
    ['the size of the journal', lock.logs.journal, places.journald, /^SystemMaxUse=(.*)$/m],
    ["the size at which nginx's logs rotate", rotateAt, places.logrotate, /^ *size (.*)$/m],
    ["the size of nginx's logs after a look", keep, places.logsScript, /^keep=(.*)$/m],
  ];
  return nodes.flatMap((node) => {
    const told = (name: string) => kubeletArgument(node, name);
    return [
      ...sizes.flatMap(([what, listed, path, pattern]) => {
        const file = node.files.get(path);
        if (file === undefined) return [];
        return differs(`${what} on ${node.name}`, listed, pattern.exec(file.text)?.[1]);
      }),
      ...differs(
        `the size of a container's log on ${node.name}`,
        `${size / 1024}Ki × ${files}`,
        `${told('container-log-max-size')} × ${told('container-log-max-files')}`,
      ),
    ];
  });
}

/** Pods of a chart are not seen here. */
function users(dist: Dist): Diagnostic[] {
  if (dist.lock.openfaas.install === 'helm') return [];
  const pods = podsIn({ ...dist, objects: everyObject(dist) });
  return dist.lock.images.flatMap(({ image, usedBy, digest }) => {
    const found = pods.flatMap(({ namespace, owner, spec }) =>
      [...spec.containers, ...(spec.initContainers ?? [])]
        .filter((container) => container.image === image)
        .map(() => `${namespace}/${owner}`),
    );
    return [
      ...differs(`the users of ${image}`, [...usedBy].sort(), found.sort()),
      ...differs(`the digest of ${image}`, digest, /@(.+)$/.exec(image)?.[1] ?? null),
    ];
  });
}

function names({ lock, nodes }: Dist): Diagnostic[] {
  const found = nodes.map(({ name }) => name).sort();
  return differs('the nodes', lock.nodes.map(({ name }) => name).sort(), found);
}
