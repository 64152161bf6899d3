import type { ForeignKey, ForeignKeyCode } from './foreign-keys.ts';

const straight =
  'remove it; direct: true on a function has nginx go straight to its own Service, past gateway and provider';
const idle =
  "remove it; a function that is always up has replicas: { min: 1 }, and with openfaas.edition: 'pro' min: 0 takes an idle one to zero";
const closed = 'remove it; callers reach nginx on port 443, and nginx the gateway at openfaas.address';
const password =
  "remove it; a node makes the Secret basic-auth at first boot, or with adminSecret: 'operator' you do";

function all(code: ForeignKeyCode, instead: string, keys: readonly string[]): [string, ForeignKey][] {
  return keys.map((key) => [key, { code, instead }]);
}

function chartValues(values: Readonly<Record<string, string>>): [string, ForeignKey][] {
  return Object.entries(values).map(([key, instead]) => [key, { code: 'check/chart-value', instead }]);
}

/**
 * Keys from OpenFaaS' chart (`--set`), from arkade's flags and from recipes that have them, mostly dead today. Those
 * without a dot are found wherever they stand: below `openfaas`, `gateway`, a `set` or a quoted path.
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
  ...all('check/operator-of-pro', "write edition: 'pro' in openfaas; functions are Function resources then", [
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
      'write openfaas.upstreamTimeout, or leave it to follow from the functions',
    'openfaas.gateway.readTimeout': "remove it; it follows from the functions' timeouts",
    'openfaas.gateway.writeTimeout': "remove it; it follows from the functions' timeouts",
    'openfaas.readTimeout': "remove it; it follows from the functions' timeouts",
    'openfaas.writeTimeout': "remove it; it follows from the functions' timeouts",
    'openfaas.gateway.replicas': 'remove it; one gateway runs, and a new one is up before the old one goes',
    'openfaas.alertmanager.create': 'write openfaas.autoscaling',
    'openfaas.functionNamespace': 'remove it; functions are in openfaas-fn',
    'openfaas.queueWorker.ackWait': "remove it; it follows from the functions' timeouts",
    'openfaas.queueWorker.maxInflight':
      "remove it; the community edition's worker always makes one call at a time",
    'openfaas.queueWorker.replicas': 'remove it; one worker runs',
    'openfaas.faasnetes': "remove it; the provider's settings follow from this config",
    'openfaas.gateway':
      "remove it; nginx is the top-level gateway, and OpenFaaS' own follows from this config",
    'openfaas.queueWorker': 'write openfaas.async to have one or none',
    'openfaas.nats': 'write openfaas.async to have one or none',
    'openfaas.stan': 'write openfaas.async to have one or none',
    'openfaas.prometheus': "remove it; it is always there, since the gateway's list of functions needs it",
    'openfaas.alertmanager': 'write openfaas.autoscaling to have one or none',
    'openfaas.autoscaler': "write openfaas.autoscaling; edition: 'pro' has the autoscaler",
    'openfaas.ingress': 'remove it; nginx is what is in front, and the top-level gateway is about it',
    'openfaas.ingressOperator': 'remove it; nginx is what is in front, and the top-level gateway is about it',
    'openfaas.createCRDs': 'remove it; pro has them, and in the community edition nothing reads them',
    'openfaas.clusterRole': 'remove it; pro has one, and the community edition needs none',
    'openfaas.psp':
      'remove it; Kubernetes has had no pod security policies since 1.25, and namespaces have levels here',
    'openfaas.securityContext': 'remove it; every part runs without root and without privileges already',
    'openfaas.scaleFromZero': 'remove it; it is on',
    'openfaas.gateway.scaleFromZero': 'remove it; it is on',
    'openfaas.probeFunctions': 'remove it; it does nothing since 2023',
    'openfaas.gateway.probeFunctions': 'remove it; it does nothing since 2023',
    'openfaas.set': 'write what you want as keys of openfaas; the others follow from this config',
    'openfaas.values': 'write what you want as keys of openfaas; the others follow from this config',
    'openfaas.helm':
      "write install: 'helm' to have the chart installed, with values that follow from this config",
    'openfaas.version': "remove it; images are in openfaas.images, and the chart's version is this Fjord's",
    'openfaas.chartVersion': "remove it; the chart's version is this Fjord's",
  }),
]);
