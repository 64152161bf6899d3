import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';

const functions = (settings: string) => ({
  functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} }, ledger: { image: 'ghcr.io/acme/ledger:1', expose: false } }`,
});

const manifest = 'manifests/60-functions.yaml';

const path = 'nginx/openfaas.conf';

const nginx = 'nginx/openfaas.conf';

const callbacks = functions("async: true, callbacks: ['https://shop.example.no/hook']");

/** What `verify` reports about functions. */
export const verifyFunctionsDiagnostics = {
  'verify/callback-not-listed': define<{ place: string; found: string }>({
    severity: 'error',
    fact: ({ place, found }) => `"${place}" lets callers have results sent to ${found}, unlike the lock file`,
    hint: compileAgain,
    meaning:
      'The queue worker calls the address in X-Callback-Url from inside of the cluster. If callers could choose it, they could reach what only the cluster should.',
    example: {
      config: callbacks,
      dist: {
        path,
        from: 'proxy_set_header X-Callback-Url $openfaas_callback_pay;',
        to: 'proxy_set_header X-Callback-Url $http_x_callback_url;',
      },
    },
  }),
  'verify/callback-anywhere': define<{ meaning: string }>({
    severity: 'error',
    fact: ({ meaning }) =>
      `the policy of the queue worker lets it out to something else than what callbacks need: ${meaning}`,
    hint: compileAgain,
    meaning:
      'nginx checks the first address of a result. The receiver may redirect the queue worker, so the policy keeps it out of private networks, the cluster and cloud metadata.',
    example: {
      config: callbacks,
      dist: {
        path: 'manifests/10-network-policies.yaml',
        from: '              - "192.168.0.0/16"\n',
        to: '',
      },
    },
  }),
  'verify/call-refused': define<{ caller: string; callee: string }>({
    severity: 'error',
    fact: ({ caller, callee }) => `${caller} calls ${callee}, but the network policies refuse the call`,
    hint: compileAgain,
    meaning: 'The call would wait for its timeout and then fail.',
    example: {
      config: {
        nodes: "{ 'oslo-1': { provider: 'coolvds', country: 'NO', memory: '8Gi' } }",
        ...functions(
          "expose: true, calls: ['ledger'] }, audit: { image: 'ghcr.io/acme/audit:1', calls: ['pay'], direct: true",
        ),
      },
      dist: {
        path: manifest,
        from: 'faas_function: pay\n  policyTypes:\n    - Egress',
        to: 'faas_function: other\n  policyTypes:\n    - Egress',
      },
    },
  }),
  'verify/call-undeclared': define<{ caller: string; callee: string }>({
    severity: 'error',
    fact: ({ caller, callee }) =>
      `the network policies let ${caller} reach ${callee}, but no such call is declared`,
    hint: compileAgain,
    meaning: 'An attacker who takes over one function could go on to another where nobody expects it.',
    example: {
      config: functions("calls: ['ledger'], direct: true"),
      dist: { path: manifest, from: 'name: FUNCTION_LEDGER_URL', to: 'name: LEDGER' },
    },
  }),
  'verify/replicas-fought-over': define<{ name: string; scaler: string }>({
    severity: 'error',
    fact: ({ name, scaler }) =>
      `the Deployment of ${name} sets replicas, so each apply would undo the scaling by ${scaler}`,
    hint: compileAgain,
    meaning:
      'Copies that were added under load would be removed each time that the manifests are applied, in the middle of that load.',
    example: { dist: { path: manifest, from: 'spec:\n', to: 'spec:\n  replicas: 1\n' } },
  }),
  'verify/scales-nothing': define<{ scaler: string; name: string }>({
    severity: 'error',
    fact: ({ scaler, name }) => `${scaler} scales ${name}, which does not exist`,
    hint: compileAgain,
    meaning: 'It waits for load on a function that does not exist, while another function is not scaled.',
    example: {
      dist: {
        path: 'manifests/20-prometheus.yaml',
        from: 'function_name=~\\"pay',
        to: 'function_name=~\\"refund',
      },
    },
  }),
  'verify/function-setting-wrong': define<{
    name: string;
    setting: string;
    found: string | undefined;
    wanted: string;
  }>({
    severity: 'error',
    fact: ({ name, setting, found, wanted }) =>
      `${setting} of the function ${name} is ${found ?? 'missing'}, but must be ${wanted}`,
    hint: compileAgain,
    meaning:
      "The function's server, the gateway and Kubernetes each count on it: to ask whether a copy is up, to find its secrets, to scale it and to stop it.",
    example: { dist: { path: manifest, from: 'name: healthcheck_interval', to: 'name: healthcheck' } },
  }),
  'verify/copies-not-kept': define<{ name: string; min: number; kept: number }>({
    severity: 'error',
    fact: ({ name, min, kept }) =>
      `the minimum of ${name} is ${min} copies, but the manifests keep only ${kept}`,
    hint: compileAgain,
    meaning:
      'A function that must be hot would run with fewer copies than its calls need when the platform starts or its parts are down.',
    example: {
      config: functions('replicas: { min: 2 }'),
      dist: { path: manifest, from: 'minReplicas: 2', to: 'minReplicas: 1' },
    },
  }),
  'verify/copies-taken-away': define<{ name: string; max: number; left: number }>({
    severity: 'error',
    fact: ({ name, max, left }) =>
      `${name} may have ${max} copies, but its autoscaler removes those above ${left}`,
    hint: compileAgain,
    meaning: 'Copies that the gateway adds under load would be taken away in the middle of that load.',
    example: {
      config: functions('replicas: { min: 2, max: 5 }'),
      dist: { path: manifest, from: 'maxReplicas: 5', to: 'maxReplicas: 4' },
    },
  }),
  'verify/scaled-twice': define<{ name: string; moves: readonly ('scaleUp' | 'scaleDown')[] }>({
    severity: 'error',
    fact: ({ name, moves }) => `both the gateway and an autoscaler scale ${name} (${moves.join(', ')})`,
    hint: compileAgain,
    meaning: 'Each would undo what the other does. Here the autoscaler only keeps the minimum.',
    example: {
      config: functions('replicas: { min: 2 }'),
      dist: {
        path: manifest,
        from: 'scaleDown:\n      selectPolicy: Disabled',
        to: 'scaleDown:\n      selectPolicy: Max',
      },
    },
  }),
  'verify/direct-elsewhere': define<{ location: string; server: string }>({
    severity: 'error',
    fact: ({ location, server }) =>
      `nginx passes ${location} to ${server}, which is not that function's Service`,
    hint: compileAgain,
    meaning: 'Callers of one function would get the answers of another function.',
    example: {
      config: functions("direct: { address: '10.43.0.99' }"),
      dist: { path: 'nginx/openfaas.conf', from: 'server 10.43.0.99:8080', to: 'server 10.43.0.80:8080' },
    },
  }),
  'verify/queue-missing': define<{ user: string }>({
    severity: 'error',
    fact: ({ user }) => `${user} needs the queue, but there is none`,
    hint: compileAgain,
    meaning: 'Each such call would be refused, because nothing can accept it.',
    example: { config: functions('async: true'), dist: { path: 'manifests/40-nats.yaml', remove: true } },
  }),
  'verify/value-expanded': define<{ container: string; variable: string; reference: string }>({
    severity: 'error',
    fact: ({ container, variable, reference }) =>
      `Kubernetes would replace ${reference} in ${variable} of ${container}`,
    hint: compileAgain,
    meaning:
      'Kubernetes replaces such a reference before the function starts, so the function gets a different text from the one in the config.',
    example: {
      config: functions("env: { FORMAT: 'plain' }"),
      dist: { path: manifest, from: 'value: plain', to: 'value: $(HOME)' },
    },
  }),
  'verify/guards-differ': define<{ name: string; place: string; other: string }>({
    severity: 'error',
    fact: ({ name, place, other }) =>
      `nginx guards the function ${name} differently in location "${place}" and in "${other}"`,
    hint: compileAgain,
    meaning: 'A caller that one location refuses could come in through the other.',
    example: {
      config: {
        functions:
          "{ pay: { image: 'ghcr.io/acme/pay:1', http: { auth: { passwordFile: '/etc/fjord/pay' } } } }",
      },
      dist: { path, from: 'auth_basic_user_file /etc/fjord/pay;', to: '' },
    },
  }),
  'verify/function-unconfined': define<{ owner: string; what: string; address: string; port: number }>({
    severity: 'error',
    fact: ({ owner, what, address, port }) =>
      `${owner} can reach ${what} at ${address}, port ${port}, because no NetworkPolicy prevents it`,
    hint: compileAgain,
    meaning:
      'An attacker who takes over a function could read the user-data of its machine, or talk to Kubernetes, and from there take over the platform.',
    example: {
      dist: { path: 'manifests/10-network-policies.yaml', from: '169.254.0.0/16', to: '192.0.2.0/24' },
    },
  }),
  'verify/stack-differs': define<{ name: string; what: string; listed: string; deployed: string }>({
    severity: 'error',
    fact: ({ name, what, listed, deployed }) =>
      `${what} of ${name} is ${listed} in stack.yaml, but ${deployed} where it is deployed`,
    hint: compileAgain,
    meaning: 'faas-cli would build or deploy something other than what runs.',
    example: { dist: { path: 'stack.yaml', from: 'exec_timeout: "30s"', to: 'exec_timeout: "60s"' } },
  }),
  'verify/function-not-deployed': define<{ name: string; where: string }>({
    severity: 'error',
    fact: ({ name, where }) => `the function ${name} is in ${where}, but is not deployed with a Service`,
    hint: compileAgain,
    meaning: 'Calls to it would be passed on and answered with an error.',
    example: { dist: { path: nginx, from: '/function/pay', to: '/function/refund' } },
  }),
  'verify/function-not-listed': define<{ name: string; where: string }>({
    severity: 'error',
    fact: ({ name, where }) => `the function ${name} is deployed, but is not in ${where}`,
    hint: compileAgain,
    meaning: 'It runs, but nobody can call or build it.',
    example: { dist: { path: 'stack.yaml', from: '  pay:\n', to: '  refund:\n' } },
  }),
};
