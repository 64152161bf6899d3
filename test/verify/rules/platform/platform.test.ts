import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import type { Dist, KubernetesBody, ManifestObject } from '../../../../src/verify/dist.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { readManifest } from '../../../../src/verify/read/manifest.ts';
import { functionsConfined } from '../../../../src/verify/rules/functions/functions-confined.ts';
import { certificatesMade } from '../../../../src/verify/rules/gateway/certificates-made.ts';
import { limitsInOrder } from '../../../../src/verify/rules/gateway/limits-in-order.ts';
import { noSecrets } from '../../../../src/verify/rules/platform/no-secrets.ts';
import type { Rule } from '../../../../src/verify/rules/rule.ts';
import { addressesFit } from '../../../../src/verify/rules/workloads/addresses-fit.ts';
import { podsAdmitted } from '../../../../src/verify/rules/workloads/pods-admitted.ts';
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
      'may gain privileges',
    ],
    ['root', podsAdmitted, withObjects('"runAsNonRoot":true', '"runAsNonRoot":false'), 'may run as root'],
    ['no seccomp', podsAdmitted, withObjects('"RuntimeDefault"', '"Unconfined"'), 'has no seccomp profile'],
    ['capabilities', podsAdmitted, withObjects('"drop":["ALL"]', '"drop":["NET_RAW"]'), 'keeps capabilities'],
    [
      'a folder of the node',
      podsAdmitted,
      withObjects('"emptyDir":{}', '"hostPath":{"path":"/"}'),
      'a volume of the kind hostPath',
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
      'may be given to another Service',
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
      withNginx('"worker_rlimit_nofile","args":["2048"]', '"worker_rlimit_nofile","args":["1000"]'),
      'less than two for each',
    ],
    [
      'more files than systemd gives',
      limitsInOrder,
      withNginx('"worker_rlimit_nofile","args":["2048"]', '"worker_rlimit_nofile","args":["20000"]'),
      "systemd's LimitNOFILE 2048",
    ],
    [
      'more waiting connections than the kernel takes',
      limitsInOrder,
      withNginx('backlog=4096', 'backlog=8192'),
      'backlog=8192,8192,8192,8192 is more than net.core.somaxconn 4096',
    ],
    [
      'fewer files than K3s is to have',
      limitsInOrder,
      { ...good, nodes: good.nodes.map((node) => ({ ...node, sysctls: { 'fs.nr_open': '65536' } })) },
      'fs.nr_open 65536 is less than the 1048576 open files that K3s may have',
    ],
    [
      'more kept than there can be',
      limitsInOrder,
      withNginx('"keepalive","args":["256"]', '"keepalive","args":["100000"]'),
      'keepalive 100000',
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
