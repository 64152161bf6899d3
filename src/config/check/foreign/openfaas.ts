import type { ForeignKey, ForeignKeyCode } from './foreign-key.ts';

const straight =
  'remove it; with direct: true on a function, nginx calls its Service directly, bypassing gateway and provider';
const idle =
  "remove it; replicas: { min: 1 } keeps a function up, and with openfaas.edition: 'pro' min: 0 scales an idle function to zero";
const closed = 'remove it; callers reach nginx on port 443, and nginx calls the gateway at openfaas.address';
const password =
  "remove it; the first node creates the Secret basic-auth at first boot, or you do with adminSecret: 'operator'";

function all(code: ForeignKeyCode, instead: string, keys: readonly string[]): [string, ForeignKey][] {
  return keys.map((key) => [key, { code, instead }]);
}

function chartValues(values: Readonly<Record<string, string>>): [string, ForeignKey][] {
  return Object.entries(values).map(([key, instead]) => [key, { code: 'check/chart-value', instead }]);
}

/**
 * Keys from OpenFaaS' chart (`--set`), from arkade's flags and from recipes that have them, mostly dead today. Those
 * without a dot are found wherever they are: below `openfaas`, `gateway`, a `set` or a quoted path.
 */
export const foreignOpenfaasKeys: Readonly<Record<string, ForeignKey>> = Object.fromEntries([
  ...all('check/direct-functions-dead', straight, [
    'directFunctions',
    'direct_functions',
    'direct-functions',
  ]),
  ...all('check/faas-idler-gone', idle, ['faasIdler', 'faas-idler', 'faas_idler', 'dryRun']),
  ...all('check/load-balancer-exposes', closed, [
    'loadBalancer',
    'load-balancer',
    'serviceType',
    'exposeServices',
    'gatewayExternal',
    'nodePort',
  ]),
  ...all('check/operator-of-pro', "write edition: 'pro' in openfaas; its functions are Function resources", [
    'openfaas.operator',
    'createOperator',
  ]),
  ...all('check/basic-auth-always', password, [
    'basic_auth',
    'basicAuth',
    'basicAuthPlugin',
    'basic-auth',
    'generateBasicAuth',
  ]),
  ...all('check/password-in-config', password, [
    'openfaas.password',
    'openfaas.adminPassword',
    'basicAuthPassword',
    'basic-auth-password',
    'basic_auth_password',
  ]),
  ...all('check/chart-value', "write edition: 'pro' in openfaas", ['openfaasPro', 'openfaas.pro']),
  ...chartValues({
    'openfaas.gateway.image': 'write openfaas.images.gateway',
    'openfaas.faasnetes.image': 'write openfaas.images.provider',
    'openfaas.queueWorker.image': 'write openfaas.images.queueWorker',
    'openfaas.nats.image': 'write openfaas.images.nats',
    'openfaas.stan.image': 'write openfaas.images.nats',
    'openfaas.prometheus.image': 'write openfaas.images.prometheus',
    'openfaas.alertmanager.image': 'write openfaas.images.alertmanager',
    'openfaas.gateway.upstreamTimeout':
      "write openfaas.upstreamTimeout, or remove it: the default follows from the functions' timeouts",
    'openfaas.gateway.readTimeout': "remove it; it follows from the functions' timeouts",
    'openfaas.gateway.writeTimeout': "remove it; it follows from the functions' timeouts",
    'openfaas.readTimeout': "remove it; it follows from the functions' timeouts",
    'openfaas.writeTimeout': "remove it; it follows from the functions' timeouts",
    'openfaas.gateway.replicas': 'remove it; one gateway runs, and its replacement is up before it stops',
    'openfaas.alertmanager.create': 'write openfaas.autoscaling',
    'openfaas.functionNamespace': 'remove it; functions are in openfaas-fn',
    'openfaas.queueWorker.ackWait': "remove it; it follows from the functions' timeouts",
    'openfaas.queueWorker.maxInflight':
      "remove it; the community edition's queue worker always makes one call at a time",
    'openfaas.queueWorker.replicas': 'remove it; exactly one queue worker runs',
    'openfaas.faasnetes': "remove it; the provider's settings follow from this config",
    'openfaas.gateway':
      "remove it; the settings of OpenFaaS' gateway follow from this config, and the top-level gateway is about nginx",
    'openfaas.queueWorker': 'write openfaas.async to turn the queue on or off',
    'openfaas.nats': 'write openfaas.async to turn the queue on or off',
    'openfaas.stan': 'write openfaas.async to turn the queue on or off',
    'openfaas.prometheus':
      "remove it; Prometheus always runs, because the gateway's list of functions needs it",
    'openfaas.alertmanager': 'write openfaas.autoscaling to turn it on or off',
    'openfaas.autoscaler': "write openfaas.autoscaling; only edition: 'pro' has the autoscaler",
    'openfaas.ingress': 'remove it; nginx is in front, and its settings are in the top-level gateway',
    'openfaas.ingressOperator': 'remove it; nginx is in front, and its settings are in the top-level gateway',
    'openfaas.createCRDs': 'remove it; Pro has them, and in the community edition nothing reads them',
    'openfaas.clusterRole': 'remove it; Pro has one, and the community edition needs none',
    'openfaas.psp':
      'remove it; Kubernetes 1.25 removed pod security policies, and here namespaces have Pod Security levels',
    'openfaas.securityContext': 'remove it; every part already runs without root and without privileges',
    'openfaas.scaleFromZero': 'remove it; it is always on',
    'openfaas.gateway.scaleFromZero': 'remove it; it is always on',
    'openfaas.probeFunctions': 'remove it; it has done nothing since 2023',
    'openfaas.gateway.probeFunctions': 'remove it; it has done nothing since 2023',
    'openfaas.set': 'write the settings as keys of openfaas; the other values follow from this config',
    'openfaas.values': 'write the settings as keys of openfaas; the other values follow from this config',
    'openfaas.helm': "write install: 'helm' to install the chart, with values that follow from this config",
    'openfaas.version':
      'remove it; images are set in openfaas.images, and each version of Fjord installs one version of the chart',
    'openfaas.chartVersion': 'remove it; each version of Fjord installs one version of the chart',
  }),
]);
