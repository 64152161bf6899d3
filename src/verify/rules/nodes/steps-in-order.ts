import { report } from '../../../diagnostics/report.ts';
import { directivesBelow } from '../../../nginx/find.ts';
import { parseDuration } from '../../../units/amounts.ts';
import type { Dist, DistNode, Lock } from '../../dist.ts';
import type { Rule } from '../rule.ts';

const applyScript = '/usr/local/sbin/fjord-apply';
const steps = ['preflight', 'packages', 'files', 'system', 'nginx', 'K3s', 'admin password', 'certificate'];

const checks = ['verify', 'verify_listed'];
/** Only compared with, or held against fingerprints that `nginxFromOnePlace` knows. */
const selfChecked = ['work/sums', 'work/keys'];

/**
 * A node is made by one command, its script; the script goes its steps in their order, runs nothing that it has not
 * checked, and installs the release that the lock file names. When nginx stops, it waits as long as a call may take.
 */
export const stepsInOrder: Rule = {
  name: 'steps-in-order',
  harm: 'ownership',
  loss: 'A node would be installed from something that nobody has checked.',
  check: (dist) =>
    dist.nodes.flatMap((node) =>
      [
        ...commandProblems(node),
        ...scriptProblems(node.files.get(applyScript)?.text ?? '', node, dist.lock),
        ...drainProblems(node, dist),
      ].map((problem) =>
        report('verify/step-missing', [], { node: node.name, problem }, { artifact: { path: node.path } }),
      ),
    ),
};

function commandProblems({ runcmd, name, k3sConfig }: DistNode): string[] {
  const said = JSON.stringify(runcmd);
  return [
    ...(said === JSON.stringify([[applyScript]]) ? [] : [`is not what its user-data runs: ${said}`]),
    ...(k3sConfig['node-name'] === name ? [] : [`calls it ${k3sConfig['node-name']} in Kubernetes`]),
  ];
}

function scriptProblems(text: string, node: DistNode, lock: Lock): string[] {
  const begun = [...text.matchAll(/^begin '([^']+)'$/gm)].map(([, step = '']) => step);
  const known = steps.filter((step) => begun.includes(step));
  const needed = [
    'preflight',
    'packages',
    'files',
    'system',
    'K3s',
    ...(node.files.has('/etc/nginx/nginx.conf') ? ['nginx'] : []),
  ];
  const lost = needed.filter((step) => !begun.includes(step));
  const fetched = [...text.matchAll(/^ *fetch (\S+) "\$(\w[\w./]*)"$/gm)];
  const { version, installer } = lock.k3s;
  return [
    ...lost.map((step) => `has no step '${step}'`),
    ...(known.join() === begun.filter((step) => steps.includes(step)).join()
      ? []
      : ['goes its steps in another order']),
    ...fetched
      .filter(
        ([, , file = '']) =>
          !selfChecked.includes(file) && !checks.some((one) => text.includes(`${one} "$${file}" `)),
      )
      .map(([, , file = '']) => `runs ${file.replace(/^work\//, '')} without having checked it`),
    ...(text.includes(`verify "$work/install.sh" ${installer.sha256}\n`)
      ? []
      : ['does not check the installer against the lock file']),
    ...(fetched.some(([, url = '']) => url.replaceAll("'", '') === installer.url)
      ? []
      : ['does not fetch the installer that the lock file names']),
    ...(text.includes(checkOfBinary(node, lock)) ? [] : ['does not check K3s as the lock file says']),
    ...(text.includes(`!= ${version} ]`) ? [] : [`does not install K3s ${version}`]),
    ...[...text.matchAll(/\bfetch (\S+) "\$work\//g)]
      .map(([, url = '']) => url.replaceAll("'", ''))
      .filter((url) => !isFromMeant(url, lock))
      .map((url) => `takes ${url}, which is not of where the lock file says`),
    ...(/^say "done: /m.test(text) ? [] : ['does not say that it is done']),
  ];
}

/** By the hash that the config pins, or else by the list that the release publishes. */
function checkOfBinary({ name }: DistNode, { k3s, nodes }: Lock): string {
  const arch = nodes.find((node) => node.name === name)?.arch ?? 'amd64';
  const pinned = k3s.binarySha256[arch];
  return pinned
    ? `verify "$work/k3s" ${pinned}\n`
    : `verify_listed "$work/k3s" ${arch === 'amd64' ? 'k3s' : `k3s-${arch}`}\n`;
}

/** The installer, K3s' release, and the keys of nginx's packages; to fetch goes on by a variable in a function. */
function isFromMeant(url: string, { intent, k3s, gateway }: Lock): boolean {
  const release = `${intent.k3s.downloads}/${encodeURIComponent(k3s.version)}/`;
  const keys = gateway.packages.url;
  return (
    url === k3s.installer.url ||
    url.startsWith(release) ||
    (keys !== undefined && url.startsWith(`${keys}/keys/`))
  );
}

/** Calls under way may end, within the bound: nginx's workers, its unit and systemd wait as long, or longer. */
function drainProblems({ files, nginx }: DistNode, dist: Dist): string[] {
  const unit = files.get('/etc/systemd/system/nginx.service.d/fjord.conf')?.text;
  if (unit === undefined) return [];
  const times = (name: string) =>
    [...nginx, ...dist.nginx]
      .flatMap(({ statements }) => directivesBelow(statements, name))
      .map(({ args: [time = ''] }) =>
        /^(\d+(ms|s|m|h))+$/.test(time) ? parseDuration(time) / 1000 : Number.NaN,
      );
  const { stopWithin } = dist.lock.gateway;
  const bound = stopWithin === undefined ? Number.POSITIVE_INFINITY : parseDuration(stopWithin) / 1000;
  const call = Math.min(Math.max(...times('proxy_read_timeout')), bound);
  const [workers = Number.NaN] = times('worker_shutdown_timeout');
  const asked = Number(/QUIT\/(\d+)/.exec(unit)?.[1]);
  const given = Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]);
  return call <= workers && workers <= asked && asked < given
    ? []
    : [`ends calls of ${call}s: workers wait ${workers}s, the unit ${asked}s, systemd ${given}s`];
}
