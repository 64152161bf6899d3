import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import type { PlatformConfig } from '../../../../src/config/platform-config.ts';
import type { Dist, KubernetesBody, ManifestObject } from '../../../../src/verify/dist.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { functionsKept } from '../../../../src/verify/rules/functions/functions-kept.ts';
import { stackAsDeployed } from '../../../../src/verify/rules/functions/stack-as-deployed.ts';
import { accountsMay } from '../../../../src/verify/rules/openfaas/accounts-may.ts';
import { partsConfigured } from '../../../../src/verify/rules/openfaas/parts-configured.ts';
import { partsReach } from '../../../../src/verify/rules/openfaas/parts-reach.ts';
import { scalingSteady } from '../../../../src/verify/rules/openfaas/scaling-steady.ts';
import { startsAwaited } from '../../../../src/verify/rules/openfaas/starts-awaited.ts';
import type { Rule } from '../../../../src/verify/rules/rule.ts';
import { callsEnd } from '../../../../src/verify/rules/workloads/calls-end.ts';
import { disruptionsLimited } from '../../../../src/verify/rules/workloads/disruptions-limited.ts';
import { listsWithoutRepeats } from '../../../../src/verify/rules/workloads/lists-without-repeats.ts';
import { servicesLeadToPods } from '../../../../src/verify/rules/workloads/services-lead-to-pods.ts';
import { workloadsComplete } from '../../../../src/verify/rules/workloads/workloads-complete.ts';
import { cases } from '../../../cases/index.ts';
import { withQueue } from '../../../cases/with-queue.ts';

function distOf(config: PlatformConfig | undefined): Dist {
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  const [dist] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
  if (dist === undefined) throw new Error('it cannot be read back');
  return dist;
}

const good = distOf(withQueue);
const rules = {
  accountsMay,
  callsEnd,
  disruptionsLimited,
  functionsKept,
  listsWithoutRepeats,
  partsConfigured,
  partsReach,
  scalingSteady,
  servicesLeadToPods,
  stackAsDeployed,
  startsAwaited,
  workloadsComplete,
};

/** The platform with a text of one object's JSON replaced. */
function changed(title: string, from: string, to: string): Dist {
  const objects = good.objects.map((object): ManifestObject => {
    if (`${object.kind} ${object.name}` !== title) return object;
    const json = JSON.stringify(object.body);
    if (!json.includes(from)) throw new Error(`nothing to change: ${from} in ${json}`);
    const body = JSON.parse(json.replace(from, () => to)) as KubernetesBody;
    return { ...object, body };
  });
  return { ...good, objects };
}

function without(title: string): Dist {
  const objects = good.objects.filter(({ kind, name }) => `${kind} ${name}` !== title);
  if (objects.length === good.objects.length) throw new Error(`no ${title}`);
  return { ...good, objects };
}

describe('the rules of workloads', () => {
  for (const name of ['reference', 'every-option', 'helm', 'pro', 'gitops', 'quiet'] as const) {
    const dist = distOf(cases[name]);
    it.each(Object.entries(rules))(`accept ${name}: %s`, (_, rule) => expect(rule.check(dist)).toEqual([]));
  }

  const faults: [string, Rule, Dist, string][] = [
    [
      "a token of the Kubernetes API in a function's pod",
      workloadsComplete,
      changed('Deployment verify-payment', '"automountServiceAccountToken":false', '"hostPID":false'),
      'the key "automountServiceAccountToken" is missing',
    ],
    [
      'no limit of memory',
      workloadsComplete,
      changed('Deployment nats', '"limits":{"ephemeral-storage":"256Mi",', '"limits":{"x":"1",'),
      'the key "ephemeral-storage" is missing',
    ],
    [
      'a probe of a port on which nobody listens',
      workloadsComplete,
      changed('Deployment prometheus', '"port":9090}', '"port":9091}'),
      'the livenessProbe of container prometheus of Deployment openfaas/prometheus asks port 9091',
    ],
    [
      'a volume that nothing mounts',
      workloadsComplete,
      changed(
        'Deployment verify-payment',
        '{"name":"temp","mountPath":"/tmp"}',
        '{"name":"verify-payment-projected-secrets","mountPath":"/x","readOnly":true}',
      ),
      'no container of Deployment openfaas-fn/verify-payment mounts the volume temp',
    ],
    [
      'secrets that can be written over',
      workloadsComplete,
      changed(
        'Deployment alertmanager',
        '"mountPath":"/var/secrets","readOnly":true',
        '"mountPath":"/var/secrets"',
      ),
      'a container of Deployment openfaas/alertmanager could write to the volume auth',
    ],
    [
      'a label that is another name',
      workloadsComplete,
      changed('Deployment nats', '"labels":{"app":"nats"}', '"labels":{"app":"nat"}'),
      'the label of Deployment openfaas/nats is nat, but must be its name',
    ],
    [
      'a gap without a pod at each update',
      workloadsComplete,
      changed('Deployment verify-payment', '"maxUnavailable":0', '"maxUnavailable":1'),
      'maxUnavailable',
    ],
    [
      'an answer that takes longer than its server waits',
      functionsKept,
      changed('Deployment order-webhook', '"write_timeout","value":"11s"', '"write_timeout","value":"9s"'),
      'exec_timeout of function order-webhook (10s) is not shorter than write_timeout of function order-webhook (9s)',
    ],
    [
      'a pod that does not say how long it takes to go',
      functionsKept,
      changed('Deployment export-ledger', '"terminationGracePeriodSeconds":615,', ''),
      'terminationGracePeriodSeconds of the function export-ledger is missing, but must be set',
    ],
    [
      'a gateway that is told to stop while calls are under way',
      callsEnd,
      changed('Deployment gateway', '{"seconds":630}', '{"seconds":600}'),
      'container gateway of Deployment openfaas/gateway stops after 600 s, but the last call through it has its answer after 625 s',
    ],
    [
      'a gateway that ends by force before it is told',
      callsEnd,
      changed(
        'Deployment gateway',
        '"terminationGracePeriodSeconds":640',
        '"terminationGracePeriodSeconds":630',
      ),
      'container faas-netes of Deployment openfaas/gateway waits 630 s before it stops, but is killed after 630 s',
    ],
    [
      'a worker that goes before its successor works',
      callsEnd,
      changed('Deployment queue-worker', '"lifecycle":{"preStop":{"sleep":{"seconds":5}}},', ''),
      'queue-worker of Deployment openfaas/queue-worker stops after 0 s, but its successor takes calls after 1 s',
    ],
    [
      'a function that goes before its callers have left',
      callsEnd,
      changed('Deployment verify-payment', '"lifecycle":{"preStop":{"sleep":{"seconds":5}}},', ''),
      'verify-payment of Deployment openfaas-fn/verify-payment stops after 0 s, but its callers have left after 1 s',
    ],
    [
      'a quantity of something else',
      workloadsComplete,
      changed('Deployment nats', '"cpu":"100m"', '"cpu":"16Mi"'),
      '16Mi in the requests of container nats of Deployment openfaas/nats is not an amount of cpu',
    ],
    [
      'files of another group',
      workloadsComplete,
      changed('Deployment nats', '"fsGroup":', '"fsGroup":1'),
      'all must be equal',
    ],
    [
      'a budget for nobody',
      disruptionsLimited,
      changed(
        'PodDisruptionBudget verify-payment',
        '"faas_function":"verify-payment"',
        '"faas_function":"x"',
      ),
      'PodDisruptionBudget openfaas-fn/verify-payment selects no pods',
    ],
    [
      'an account of nobody',
      accountsMay,
      changed(
        'RoleBinding openfaas-controller',
        '"kind":"ServiceAccount","name":"openfaas-controller"',
        '"kind":"ServiceAccount","name":"default"',
      ),
      'the account openfaas/default has the rights of Role openfaas-fn/openfaas-controller, but no pod runs as it',
    ],
    [
      'a gateway that starts before its queue',
      startsAwaited,
      changed('Deployment gateway', 'http://nats.openfaas', 'http://other.openfaas'),
      'gateway starts without waiting until nats.openfaas.svc.cluster.local:4222 answers',
    ],
    [
      'a gateway that waits for the end of a talk with its queue',
      startsAwaited,
      changed('Deployment gateway', 'http://nats.openfaas', 'telnet://nats.openfaas'),
      'gateway never starts: its wait for nats.openfaas.svc.cluster.local:4222 has no end',
    ],
    [
      "a worker that does not take its queue's greeting for an answer",
      startsAwaited,
      changed('Deployment queue-worker', '"--http0.9",', ''),
      'queue-worker never starts: its wait for nats.openfaas.svc.cluster.local:4222 has no end',
    ],
    [
      'a worker that starts before its queue',
      startsAwaited,
      changed('Deployment queue-worker', '"initContainers":', '"other":'),
      'queue-worker starts without waiting until nats.openfaas.svc.cluster.local:4222 answers',
    ],
    [
      'an alert that ends under load',
      scalingSteady,
      changed('ConfigMap prometheus-config', '[30s]', '[15s]'),
      'the alert APIHighInvocationRate of openfaas/prometheus-config looks at 15s, which is less than 4 readings of 5s',
    ],
    [
      'a file that no part reads',
      partsConfigured,
      changed('ConfigMap prometheus-config', '"alert.rules.yml":', '"more.rules.yml":'),
      'prometheus has a configuration file more.rules.yml',
    ],
    ...(
      [
        [
          'no time between questions',
          '"healthcheck_interval"',
          '"healthcheck"',
          'healthcheck_interval of the',
        ],
        ['a probe less', '"startupProbe":', '"other":', 'startupProbe of the function'],
        [
          'probes of two paths',
          '"readinessProbe":{"failureThreshold":3,"httpGet":{"path":"/_/health"',
          '"readinessProbe":{"failureThreshold":3,"httpGet":{"path":"/other"',
          'the path of readinessProbe of the function verify-payment is /other, but must be /_/health',
        ],
        [
          'a second container',
          '"containers":[',
          '"containers":[{"name":"more"},',
          'the number of containers',
        ],
        [
          'another program',
          '"imagePullPolicy"',
          '"command":["sh"],"imagePullPolicy"',
          'is "sh", but must be',
        ],
        [
          'nothing to write to',
          '"mountPath":"/tmp"',
          '"mountPath":"/x"',
          'the mount at /tmp of the function',
        ],
        [
          'secrets elsewhere',
          '"mountPath":"/var/openfaas/secrets"',
          '"mountPath":"/x"',
          'the mount at /var/',
        ],
        ['no minimum', '"com.openfaas.scale.min":"', '"x":"', 'com.openfaas.scale.min of the function'],
        ['no maximum', '"com.openfaas.scale.max":"', '"x":"', 'com.openfaas.scale.max of the function'],
        ['no word on metrics', '"prometheus.io.scrape":"', '"x":"', 'prometheus.io.scrape of the function'],
      ] as const
    ).map(([name, from, to, message]): [string, Rule, Dist, string] => [
      `a function with ${name}`,
      functionsKept,
      changed('Deployment verify-payment', from, to),
      message,
    ]),
    [
      'a budget that says nothing',
      disruptionsLimited,
      changed('PodDisruptionBudget verify-payment', '"maxUnavailable":1,', ''),
      'does not set how many pods may be missing',
    ],
    [
      'a rule for every port',
      partsReach,
      changed('NetworkPolicy nats', '"ports":[{"port":4222,"protocol":"TCP"}]', '"ports":[]'),
      'NetworkPolicy openfaas/nats has a rule without peers or without ports',
    ],
    ['a Service of nobody', servicesLeadToPods, without('Deployment prometheus'), 'selects no pods'],
    [
      'a Service of a port on which nobody listens',
      servicesLeadToPods,
      changed('Service alertmanager', '"targetPort":9093', '"targetPort":9094'),
      'leads to port 9094',
    ],
    [
      'a variable that the gateway does not know',
      partsConfigured,
      changed('Deployment gateway', '"upstream_timeout"', '"upstreamTimeout"'),
      'unknown key "upstreamTimeout"',
    ],
    [
      'a gateway that asks for no password',
      partsConfigured,
      changed('Deployment gateway', '"basic_auth","value":"true"', '"basic_auth","value":"false"'),
      '"false" must be "true"',
    ],
    [
      'a file that is mounted elsewhere',
      partsConfigured,
      changed('Deployment prometheus', '"mountPath":"/etc/prometheus"', '"mountPath":"/etc/prom"'),
      'container prometheus of prometheus reads /etc/prometheus/prometheus.yml, but no volume has it there',
    ],
    [
      'a configuration with a key that Prometheus does not know',
      partsConfigured,
      changed('ConfigMap prometheus-config', 'scrape_configs:', 'scrape_config:'),
      'unknown key "scrape_config"',
    ],
    [
      'rules that are not there',
      partsConfigured,
      changed('ConfigMap prometheus-config', '- alert.rules.yml', '- alerts.yml'),
      'prometheus.yml of prometheus names the rule file "alerts.yml", which does not exist',
    ],
    [
      'a receiver that is not there',
      partsConfigured,
      changed('ConfigMap alertmanager-config', 'receiver: scale-up', 'receiver: scale-down'),
      'alertmanager.yml of alertmanager names the receiver "scale-down", which does not exist',
    ],
    [
      'a configuration whose change rolls nothing',
      partsConfigured,
      changed('ConfigMap alertmanager-config', 'group_wait: \\"5s\\"', 'group_wait: \\"6s\\"'),
      'the checksum/config of alertmanager is ',
    ],
    [
      'an address of no Service',
      partsReach,
      changed('Deployment queue-worker', 'gateway.openfaas.svc', 'gatewai.openfaas.svc'),
      'queue-worker is given the address gatewai.openfaas:8080, where there is no Service',
    ],
    [
      'a way that a policy has lost',
      partsReach,
      changed('NetworkPolicy prometheus', '"port":9093', '"port":9094'),
      'prometheus calls alertmanager:9093, but the network policies refuse the call',
    ],
    [
      'a way that a policy has too many',
      partsReach,
      changed('NetworkPolicy gateway', '"port":8082', '"port":8080'),
      'prometheus calls gateway:8082, but the network policies refuse the call',
    ],
    [
      'a policy that selects another pod',
      partsReach,
      changed(
        'NetworkPolicy queue-worker',
        '"podSelector":{"matchLabels":{"app":"queue-worker"}}',
        '"podSelector":{"matchLabels":{"app":"worker"}}',
      ),
      'queue-worker calls nats:4222, but the network policies refuse the call',
    ],
    [
      'DNS that is refused',
      partsReach,
      changed('NetworkPolicy functions', '"k8s-app":"kube-dns"', '"k8s-app":"coredns"'),
      'verify-payment calls DNS by UDP, but the network policies refuse the call',
    ],
    [
      'a namespace whose way out is open',
      partsReach,
      changed('NetworkPolicy default', '"policyTypes":["Ingress","Egress"]', '"policyTypes":["Ingress"]'),
      'no NetworkPolicy limits the traffic out of nats',
    ],
    [
      'a verb too many',
      accountsMay,
      changed('Role openfaas-controller', '"verbs":["get"', '"verbs":["*","get"'),
      'openfaas/openfaas-controller may "*, get',
    ],
    [
      'a Role that is not there',
      accountsMay,
      without('Role openfaas-controller'),
      'is bound to Role openfaas-fn/openfaas-controller, which is not a Role of that namespace',
    ],
    [
      'a variable twice',
      listsWithoutRepeats,
      changed(
        'Deployment export-ledger',
        '{"name":"LEDGER_CURRENCY"',
        '{"name":"exec_timeout","value":"1s"},{"name":"LEDGER_CURRENCY"',
      ),
      "has 'exec_timeout' twice in /spec/template/spec/containers/0/env",
    ],
    [
      'another image in stack.yaml',
      stackAsDeployed,
      changed('Deployment export-ledger', 'export-ledger:1.1.0', 'export-ledger:1.2.0'),
      'image of export-ledger is "ghcr.io/nordpay/export-ledger:1.1.0" in stack.yaml',
    ],
    [
      'a secret that stack.yaml does not have',
      stackAsDeployed,
      changed('Deployment verify-payment', '"acquirer-api-key"', '"another-key"'),
      'secrets of verify-payment',
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
