import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import type { Dist, KubernetesBody, ManifestObject } from '../../../../src/verify/dist.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { readManifest } from '../../../../src/verify/read/manifest.ts';
import { functionsConfined } from '../../../../src/verify/rules/functions/functions-confined.ts';
import { certificatesMade } from '../../../../src/verify/rules/gateway/certificates-made.ts';
import { limitsInOrder } from '../../../../src/verify/rules/gateway/limits-in-order.ts';
import { noSecrets } from '../../../../src/verify/rules/platform/no-secrets.ts';
import { nothingUnused } from '../../../../src/verify/rules/platform/nothing-unused.ts';
import { objectsOfOurs } from '../../../../src/verify/rules/platform/objects-of-ours.ts';
import type { Rule } from '../../../../src/verify/rules/rule.ts';
import { addressesFit } from '../../../../src/verify/rules/workloads/addresses-fit.ts';
import { podsAdmitted } from '../../../../src/verify/rules/workloads/pods-admitted.ts';
import { policiesNarrow } from '../../../../src/verify/rules/workloads/policies-narrow.ts';
import { referencesMade } from '../../../../src/verify/rules/workloads/references-made.ts';
import { cases } from '../../../cases/index.ts';

const { artifacts } = compileConfig(cases.reference, 'platform.config.ts');
const [dist] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
if (dist === undefined) throw new Error('the reference platform cannot be read back');
const good: Dist = dist;

/** The platform with each object's JSON changed where the text stands. */
function withObjects(from: string | RegExp, to: string): Dist {
  const objects = good.objects.map((object): ManifestObject => {
    const body = JSON.parse(JSON.stringify(object.body).replaceAll(from, to)) as KubernetesBody;
    const { name, namespace } = body.metadata as { name: string; namespace?: string };
    return { ...object, body, name, namespace };
  });
  if (JSON.stringify(objects) === JSON.stringify(good.objects)) throw new Error(`nothing to change: ${from}`);
  return { ...good, objects };
}

function without(kind: string, name: string): Dist {
  const objects = good.objects.filter((object) => object.kind !== kind || object.name !== name);
  if (objects.length === good.objects.length) throw new Error(`no ${kind} ${name}`);
  return { ...good, objects };
}

function withNginx(from: string | RegExp, to: string): Dist {
  const nodes = good.nodes.map((node) => ({
    ...node,
    nginx: JSON.parse(JSON.stringify(node.nginx).replaceAll(from, to)),
  }));
  if (JSON.stringify(nodes) === JSON.stringify(good.nodes)) throw new Error(`nothing to change: ${from}`);
  return { ...good, nodes };
}

const twice: Dist = { ...good, objects: [...good.objects, ...good.objects.slice(0, 1)] };
const backwards: Dist = { ...good, objects: good.objects.toReversed() };

describe('the rules of a platform', () => {
  const rules: [string, Rule][] = [
    ['addresses', addressesFit],
    ['certificates', certificatesMade],
    ['functions', functionsConfined],
    ['limits', limitsInOrder],
    ['secrets', noSecrets],
    ['pods', podsAdmitted],
    ['references', referencesMade],
    ['policies', policiesNarrow],
    ['objects', objectsOfOurs],
    ['what is used', nothingUnused],
  ];
  it.each(rules)('accept the reference platform: %s', (_, rule) => expect(rule.check(good)).toEqual([]));

  const faults: [string, Rule, Dist, string][] = [
    [
      'no policy for functions',
      functionsConfined,
      without('NetworkPolicy', 'functions'),
      "the provider's metadata at 169.254.169.254",
    ],
    [
      'metadata left open',
      functionsConfined,
      withObjects('"169.254.0.0/16"', '"192.0.2.0/24"'),
      "the provider's metadata at 169.254.169.254",
    ],
    [
      'the API open by its port',
      functionsConfined,
      withObjects('"endPort":6442', '"endPort":6443'),
      'the Kubernetes API at 198.51.100.1, port 6443',
    ],
    [
      'the kubelet open',
      functionsConfined,
      withObjects('"endPort":10247', '"endPort":10250'),
      'the kubelet at 198.51.100.1, port 10250',
    ],
    [
      'Services open by address',
      functionsConfined,
      withObjects('"10.43.0.0/16"', '"192.0.2.0/24"'),
      'the Kubernetes API at 10.43.0.1',
    ],
    [
      'pods open by address',
      functionsConfined,
      withObjects('"10.42.0.0/16"', '"192.0.2.0/24"'),
      'any pod at 10.42.0.5',
    ],
    [
      'a policy without egress',
      functionsConfined,
      withObjects('"policyTypes":["Ingress","Egress"]', '"policyTypes":["Ingress"]'),
      'any function can reach',
    ],
    [
      'a rule to anywhere',
      functionsConfined,
      withObjects('"to":[{"ipBlock":', '"x":[{"ipBlock":'),
      "the provider's metadata",
    ],
    [
      'privileges to gain',
      podsAdmitted,
      withObjects('"allowPrivilegeEscalation":false', '"allowPrivilegeEscalation":true'),
      'allowPrivilegeEscalation of gateway is true, but must be false',
    ],
    [
      'root',
      podsAdmitted,
      withObjects('"runAsNonRoot":true', '"runAsNonRoot":false'),
      'runAsNonRoot of gateway is false, but must be true',
    ],
    [
      'no seccomp',
      podsAdmitted,
      withObjects('"RuntimeDefault"', '"Unconfined"'),
      'seccompProfile of gateway is Unconfined, but must be RuntimeDefault or Localhost',
    ],
    [
      'capabilities',
      podsAdmitted,
      withObjects('"drop":["ALL"]', '"drop":["NET_RAW"]'),
      'capabilities.drop of gateway is NET_RAW, but must be ALL',
    ],
    [
      'a folder of the node',
      podsAdmitted,
      withObjects('"emptyDir":{}', '"hostPath":{"path":"/"}'),
      'the kind of a volume is hostPath',
    ],
    [
      'a lax namespace',
      podsAdmitted,
      withObjects('enforce":"restricted"', 'enforce":"privileged"'),
      "the namespace openfaas enforces the Pod Security level 'privileged'",
    ],
    [
      'no namespace',
      referencesMade,
      without('Namespace', 'openfaas-fn'),
      'needs Namespace openfaas-fn, which nothing creates',
    ],
    [
      'no ServiceAccount',
      referencesMade,
      without('ServiceAccount', 'openfaas-controller'),
      'needs ServiceAccount openfaas/openfaas-controller',
    ],
    [
      'no ConfigMap',
      referencesMade,
      without('ConfigMap', 'prometheus-config'),
      'needs ConfigMap openfaas/prometheus-config',
    ],
    [
      'no Role',
      referencesMade,
      without('Role', 'openfaas-controller'),
      'needs Role openfaas-fn/openfaas-controller',
    ],
    ['the wrong order', referencesMade, backwards, 'which is created only after it'],
    ['an object twice', referencesMade, twice, 'Namespace openfaas is defined twice'],
    [
      'an address beyond the range',
      addressesFit,
      withObjects('"clusterIP":"10.43.0.80"', '"clusterIP":"10.44.0.80"'),
      "is not in K3s' range of Services",
    ],
    [
      'an address beyond the band',
      addressesFit,
      withObjects('"clusterIP":"10.43.0.80"', '"clusterIP":"10.43.9.80"'),
      'is not among the first 256 of 10.43.0.0/16',
    ],
    [
      'another key',
      certificatesMade,
      withNginx('/privkey.pem', '/key.pem'),
      'key.pem, which no script of the node creates',
    ],
    [
      'fewer files than connections need',
      limitsInOrder,
      withNginx('"worker_rlimit_nofile","args":["7552"]', '"worker_rlimit_nofile","args":["1000"]'),
      'worker_rlimit_nofile (1000) is less than twice its worker_connections of 3264 (6528)',
    ],
    [
      'more files than systemd gives',
      limitsInOrder,
      withNginx('"worker_rlimit_nofile","args":["7552"]', '"worker_rlimit_nofile","args":["20000"]'),
      "systemd's LimitNOFILE (7552) is less than worker_rlimit_nofile (20000)",
    ],
    [
      'more waiting connections than the kernel takes',
      limitsInOrder,
      withNginx('backlog=4096', 'backlog=8192'),
      'net.core.somaxconn (4096) is less than the backlog of a socket (8192)',
    ],
    [
      'fewer files than K3s is to have',
      limitsInOrder,
      { ...good, nodes: good.nodes.map((node) => ({ ...node, sysctls: { 'fs.nr_open': '65536' } })) },
      'fs.nr_open is 65536, but a service there may open 1048576 files',
    ],
    [
      'more kept than there can be',
      limitsInOrder,
      withNginx('"keepalive","args":["1024"]', '"keepalive","args":["100000"]'),
      'worker_connections (3264) is less than keepalive (100000)',
    ],
    [
      "nginx's files not set",
      limitsInOrder,
      withNginx('"worker_rlimit_nofile"', '"worker_rlimit_core"'),
      'nginx has 3264 worker_connections, but worker_rlimit_nofile is not set',
    ],
    [
      'an asynchronous call that the queue refuses',
      limitsInOrder,
      withNginx('"/healthz"', '"/async-function/pay"'),
      '"/async-function/pay" takes bodies of the usual size, but the queue takes 256000 bytes',
    ],
    [
      'two Services at one address',
      addressesFit,
      withObjects('"type":"ClusterIP"', '"clusterIP":"10.43.0.80"'),
      'has the address 10.43.0.80, which Service',
    ],
    ...(
      [
        [
          'the network of its node',
          '"enableServiceLinks":false',
          '"hostNetwork":true',
          'hostNetwork is true',
        ],
        ['privileges', '"readOnlyRootFilesystem":true', '"privileged":true', 'privileged of gateway is true'],
        ['the user root', '"runAsUser":100,', '"runAsUser":0,', 'runAsUser of gateway is 0'],
        [
          'more capabilities',
          '"drop":["ALL"]',
          '"drop":["ALL"],"add":["SYS_ADMIN"]',
          'capabilities.add of gateway is SYS_ADMIN',
        ],
        ['all of /proc', '"readOnlyRootFilesystem":true', '"procMount":"Unmasked"', 'procMount of gateway'],
        ['a port of its node', '"containerPort":8080', '"hostPort":8080,"containerPort":8080', 'hostPort of'],
        ['kernel settings', '"runAsNonRoot":true', '"runAsNonRoot":true,"sysctls":[{}]', 'sysctls is set'],
      ] as const
    ).map(([name, from, to, message]): [string, Rule, Dist, string] => [
      name,
      podsAdmitted,
      withObjects(from, to),
      message,
    ]),
    [
      'an account that nobody runs as',
      nothingUnused,
      withObjects('"serviceAccountName":"openfaas-controller"', '"serviceAccountName":"x"'),
      'nothing in the platform uses ServiceAccount openfaas/openfaas-controller',
    ],
    [
      'a field that a controller obeys',
      objectsOfOurs,
      withObjects('"type":"ClusterIP"', '"type":"ClusterIP","sessionAffinity":"ClientIP"'),
      'Fjord makes no such object as Service openfaas/prometheus: /spec/sessionAffinity: unknown key',
    ],
    [
      'a policy that lets in strangers',
      policiesNarrow,
      withObjects('{"podSelector":{"matchLabels":{"app":"prometheus"}}}', '{"ipBlock":{"cidr":"0.0.0.0/0"}}'),
      'lets in 0.0.0.0/0, which is neither',
    ],
    [
      'a policy that lets out to Services',
      policiesNarrow,
      withObjects('"10.43.0.0/16",', ''),
      'instead of everything outside the cluster',
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

  it.each([
    ['a private key', '-----BEGIN EC PRIVATE KEY-----'],
    ["a token of K3s' servers or agents", `K10${'0a'.repeat(32)}::server:abc`],
    ['a token of GitHub', `ghp_${'a1'.repeat(18)}`],
    ['a key of AWS', 'AKIAABCDEFGHIJKLMNOP'],
    ['a JSON Web Token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2ln'],
    ['a password in a URL', 'postgres://shop:hunter2@db.example.no/shop'],
  ])('catch %s', (what, text) => {
    const texts = new Map(good.texts).set('stack.yaml', text);
    expect(noSecrets.check({ ...good, texts }).map((one) => one.message)).toEqual([
      `${what} is in the output, which is committed and sent to providers`,
    ]);
  });
});

describe('objects of versions that the pinned K3s does not serve', () => {
  it.each([
    ['policy/v1beta1', 'PodDisruptionBudget'],
    ['batch/v1beta1', 'CronJob'],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler'],
    ['extensions/v1beta1', 'Ingress'],
    ['policy/v1beta1', 'PodSecurityPolicy'],
  ])('%s %s are refused', (apiVersion, kind) => {
    const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: x\n  namespace: openfaas\nspec: {}\n`;
    const { objects, problems } = readManifest('manifests/x.yaml', text, '1.36');
    expect(objects).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
  });
});
