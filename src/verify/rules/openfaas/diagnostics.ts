import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';
import { type Unfit, unfitText } from '../../unfit.ts';

const config = {
  nodes: "{ 'oslo-1': { provider: 'coolvds', country: 'NO', memory: '8Gi' } }",
  openfaas: "{ edition: 'pro' }",
};

const chart = 'manifests/20-openfaas.yaml';

/** What `verify` reports about OpenFaaS. */
export const verifyOpenfaasDiagnostics = {
  'verify/chart-not-locked': define<{ found: string; listed: string }>({
    severity: 'error',
    fact: ({ found, listed }) => `the manifests install ${found}, but platform.lock.json lists ${listed}`,
    hint: compileAgain,
    meaning:
      'The chart decides every image and permission of the runtime, so another version is another platform.',
    example: { config, dist: { path: chart, from: 'chart: openfaas', to: 'chart: openfaas-edge' } },
  }),
  'verify/chart-unsafe': define<{ value: string; must: string }>({
    severity: 'error',
    fact: ({ value, must }) => `the value ${value} of OpenFaaS' chart must be ${must}`,
    hint: compileAgain,
    meaning: 'By default the chart would open a port, or make a password that nobody here knows.',
    example: { config, dist: { path: chart, from: 'exposeServices: false', to: 'exposeServices: true' } },
  }),
  'verify/chart-values-not-ours': define<{ chart: string } & Unfit>({
    severity: 'error',
    fact: ({ chart, ...unfit }) => `Fjord gives ${chart} no such values: ${unfitText(unfit)}`,
    hint: compileAgain,
    meaning:
      'A value of a chart can open a Service, give rights or add a container. None of that can be seen in dist/.',
    example: {
      config,
      dist: { path: chart, from: 'exposeServices:', to: 'extra: true\n    exposeServices:' },
    },
  }),
  'verify/part-misconfigured': define<{ part: string } & Unfit>({
    severity: 'error',
    fact: ({ part, ...unfit }) =>
      `the container of ${part} is not started as its program needs: ${unfitText(unfit)}`,
    hint: compileAgain,
    meaning:
      'A program ignores a variable whose name it does not know, and exits on an unknown argument. So the part is there, but does not do its work.',
    example: {
      dist: { path: 'manifests/50-gateway.yaml', from: 'name: basic_auth', to: 'name: basic_authx' },
    },
  }),
  'verify/start-not-awaited': define<{ part: string; needed: string }>({
    severity: 'error',
    fact: ({ part, needed }) => `${part} starts without waiting until ${needed} answers`,
    hint: compileAgain,
    meaning:
      'In its first moment no pod may speak, because the packet filters of the nodes do not know its address yet. The gateway, its provider and the queue worker end when a first connection fails, so each start would need two.',
    example: {
      dist: {
        path: 'manifests/50-gateway.yaml',
        from: 'https://kubernetes.default.svc/version',
        to: 'https://kubernetes.default.svc/readyz',
      },
    },
  }),
  'verify/start-never': define<{ part: string; needed: string }>({
    severity: 'error',
    fact: ({ part, needed }) => `${part} never starts: its wait for ${needed} has no end`,
    hint: compileAgain,
    meaning:
      'NATS greets its clients and hangs up on anything that is not one of its commands. curl takes that as an answer only with --http0.9. With telnet: it waits until its time is up and fails, so the gateway or the queue worker behind it never starts.',
    example: {
      config: { openfaas: "{ licence: 'personal', async: true }" },
      dist: {
        path: 'manifests/40-nats.yaml',
        from: 'http://nats.openfaas.svc',
        to: 'telnet://nats.openfaas.svc',
      },
    },
  }),
  'verify/alert-flaps': define<{
    object: string;
    alert: string;
    window: string;
    interval: string;
    readings: number;
  }>({
    severity: 'error',
    fact: ({ object, alert, window, interval, readings }) =>
      `the alert ${alert} of ${object} looks at ${window}, which is less than ${readings} readings of ${interval}`,
    hint: compileAgain,
    meaning:
      'A rate needs two readings. Where a window often holds one, the alert ends for a moment under full load, and each time the gateway takes the function back to its least copies.',
    example: { dist: { path: 'manifests/20-prometheus.yaml', from: '[30s]', to: '[10s]' } },
  }),
  'verify/part-file-missing': define<{ part: string; container: string; file: string }>({
    severity: 'error',
    fact: ({ part, container, file }) =>
      `container ${container} of ${part} reads ${file}, but no volume has it there`,
    hint: compileAgain,
    meaning: 'The program exits because it does not find its configuration or its password.',
    example: {
      dist: {
        path: 'manifests/20-prometheus.yaml',
        from: 'mountPath: /etc/prometheus',
        to: 'mountPath: /etc/prom',
      },
    },
  }),
  'verify/part-config-invalid': define<{ part: string; file: string } & Unfit>({
    severity: 'error',
    fact: ({ part, file, ...unfit }) => `${part} does not accept its ${file}: ${unfitText(unfit)}`,
    hint: compileAgain,
    meaning:
      'The program exits at start, or keeps its old configuration, when a file has a key or value that it does not know.',
    example: {
      dist: { path: 'manifests/20-prometheus.yaml', from: 'scrape_configs:', to: 'scrape_config:' },
    },
  }),
  'verify/part-config-unknown': define<{ part: string; file: string }>({
    severity: 'error',
    fact: ({ part, file }) => `${part} has a configuration file ${file}, which none of OpenFaaS' parts reads`,
    hint: compileAgain,
    meaning: 'No rule can check a file that Fjord never writes, and the one that it does write is missing.',
    example: {
      dist: { path: 'manifests/20-prometheus.yaml', from: '  alert.rules.yml: |', to: '  more.rules.yml: |' },
    },
  }),
  'verify/part-config-names-nothing': define<{
    part: string;
    file: string;
    kind: 'rule file' | 'receiver';
    name: string;
  }>({
    severity: 'error',
    fact: ({ part, file, kind, name }) =>
      `${file} of ${part} names the ${kind} "${name}", which does not exist`,
    hint: compileAgain,
    meaning:
      'Alerts that are never loaded or that go nowhere add no copies, so functions stay slow under load.',
    example: {
      dist: { path: 'manifests/20-prometheus.yaml', from: '- alert.rules.yml', to: '- alerts.yml' },
    },
  }),
  'verify/part-config-rolls-nothing': define<{ part: string; checksum: string | undefined; wanted: string }>({
    severity: 'error',
    fact: ({ part, checksum, wanted }) =>
      `the checksum/config of ${part} is ${checksum ?? 'missing'}, but its configuration has ${wanted}`,
    hint: compileAgain,
    meaning:
      'Kubernetes starts new pods only when their template changes. Without the right checksum the part keeps its old configuration.',
    example: {
      dist: {
        path: 'manifests/20-prometheus.yaml',
        from: 'scrape_interval: "5s"',
        to: 'scrape_interval: "6s"',
      },
    },
  }),
  'verify/address-of-no-service': define<{ part: string; address: string }>({
    severity: 'error',
    fact: ({ part, address }) => `${part} is given the address ${address}, where there is no Service`,
    hint: compileAgain,
    meaning: 'The part starts, but everything that it asks for there fails.',
    example: {
      dist: {
        path: 'manifests/30-alertmanager.yaml',
        from: 'gateway.openfaas:8080',
        to: 'gatewai.openfaas:8080',
      },
    },
  }),
  'verify/pod-under-no-policy': define<{ pod: string; way: 'into' | 'out of' }>({
    severity: 'error',
    fact: ({ pod, way }) => `no NetworkPolicy limits the traffic ${way} ${pod}`,
    hint: compileAgain,
    meaning: 'Without a policy for a direction, Kubernetes allows all traffic in it.',
    example: {
      config: { openfaas: "{ licence: 'personal', async: true }" },
      dist: {
        path: 'manifests/10-network-policies.yaml',
        from: 'podSelector: {}\n  policyTypes:\n    - Ingress\n    - Egress\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: gateway',
        to: 'podSelector: {}\n  policyTypes:\n    - Ingress\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: gateway',
      },
    },
  }),
  'verify/policy-vague': define<{ policy: string; rule: string }>({
    severity: 'error',
    fact: ({ policy, rule }) => `${policy} has a rule without peers or without ports: ${rule}`,
    hint: compileAgain,
    meaning:
      'A rule without peers applies to everybody, and one without ports to every port: usually more than was meant.',
    example: {
      dist: {
        path: 'manifests/10-network-policies.yaml',
        from: '      ports:\n        - port: 9090\n          protocol: TCP\n',
        to: '',
      },
    },
  }),
  'verify/account-may': define<{
    account: string;
    resource: string;
    may: readonly string[];
    needs: readonly string[];
  }>({
    severity: 'error',
    fact: ({ account, resource, may, needs }) =>
      `the account ${account} may "${may.join(', ') || 'nothing'}" with ${resource}, but needs "${needs.join(', ') || 'nothing'}"`,
    hint: compileAgain,
    meaning:
      'With fewer permissions functions cannot be scaled. With more, an attacker who takes over the gateway can do more than change functions.',
    example: { dist: { path: 'manifests/50-gateway.yaml', from: '- deployments', to: '- "*"' } },
  }),
  'verify/account-unused': define<{ account: string; role: string }>({
    severity: 'error',
    fact: ({ account, role }) => `the account ${account} has the rights of ${role}, but no pod runs as it`,
    hint: compileAgain,
    meaning: 'Anyone who can start a pod as this account, or make a token of it, has its rights.',
    example: {
      dist: {
        path: 'manifests/50-gateway.yaml',
        from: '    name: openfaas-controller\n    namespace: openfaas\n---',
        to: '    name: default\n    namespace: openfaas\n---',
      },
    },
  }),
  'verify/account-of-no-role': define<{ account: string; role: string }>({
    severity: 'error',
    fact: ({ account, role }) =>
      `the account ${account} is bound to ${role}, which is not a Role of that namespace`,
    hint: compileAgain,
    meaning: 'A Role that does not exist gives no rights, so the gateway cannot do anything with functions.',
    example: {
      dist: {
        path: 'manifests/50-gateway.yaml',
        from: 'kind: Role\nmetadata:\n  name: openfaas-controller',
        to: 'kind: Role\nmetadata:\n  name: controller',
      },
    },
  }),
};
