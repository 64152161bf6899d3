import { type ForeignKey, foreignRows } from './foreign-key.ts';

const template = "write source: { template: '…', handler: '…' }";
const replicas = 'write replicas: { min: …, max: … }';
const placement = "remove it; to keep copies on different nodes, write spread: 'required'";
const image =
  'make the image public, or, in Pro, write k3s.registries.configs, by which each node logs in for all functions';
const protect = "write http: { auth: { passwordFile: '/…' } }; without it, everybody may call the function";
const answers =
  'write gateway.headers for those of all answers; a function sends its own, and http.cors has those of CORS';
const stateless =
  'keep data in a database or a bucket; a copy may run on any node and be replaced at any time';

/** Keys of one function, as faas-cli's stack.yaml, its API, Kubernetes and other platforms call them. */
export const foreignFunctionKeys: Readonly<Record<string, ForeignKey>> = {
  ...foreignRows('functions.*', 'check/foreign-key', {
    environment: 'write env',
    envVars: 'write env',
    environment_file: 'write env; the variables must be in the config itself',
    envProcess: "write env: { fprocess: '…' }",
    fprocess: "write env: { fprocess: '…' }",
    lang: template,
    handler: template,
    build_args: 'remove it; settings of a build belong in its template or Dockerfile',
    build_options: 'remove it; settings of a build belong in its template or Dockerfile',
    skip_build: 'remove it; a function without source is not built',
    limits: "write memory: { limit: '…' } and cpu: { limit: '…' }",
    requests: "write memory: { request: '…' } and cpu: { request: '…' }",
    readonly_root_filesystem: 'write readOnlyRootFilesystem',
    namespace: 'remove it; all functions are in openfaas-fn, the only namespace that the runtime uses',
    scale: replicas,
    minReplicas: replicas,
    maxReplicas: replicas,
    max_inflight: 'write concurrency',
    maxInflight: 'write concurrency',
    path: "write http: { paths: ['/…'] }",
    url: "write http: { domains: ['…'] } for a domain of its own, or http: { paths: ['/…'] }",
    domain: "write http: { domains: ['…'] }",
    host: "write http: { domains: ['…'] }",
    port: 'remove it, and listen on port 8080 in the function: the runtime calls every function there',
    cron: "write schedule: '…'",
    schedules: "write schedule: ['…', '…']",
    entrypoint: "write command: ['…']",
    cmd: "write args: ['…']",
    topic: "write annotations: { topic: '…' }",
    scaleToZero: "write replicas: { min: 0 }, which only openfaas: { edition: 'pro' } can do",
    autoscaling: "write replicas: { min: …, max: …, rate: '…' }",
    mem: "write memory: { limit: '…' }",
    domains: "write http: { domains: ['…'] }",
    cors: "write http: { cors: { origins: ['…'] } }",
    basicAuth: protect,
    basic_auth: protect,
    auth: protect,
    password: protect,
    'http.basicAuth': protect,
    'http.basic_auth': protect,
    'http.password': protect,
    headers: answers,
    'http.headers': answers,
    timeoutSeconds: "write timeout: '30s'",
    livenessProbe: "write healthPath: '…'",
    readinessProbe: "write healthPath: '…'",
    terminationGracePeriodSeconds: "write gracePeriod: '…s'",
    priorityClassName: "write priority: 'high' or 'low'",
  }),
  ...foreignRows('functions.*', 'check/not-offered', {
    gpu: 'remove it; functions get no graphics processors, so such work needs a machine of its own',
    volumes: stateless,
    volumeMounts: stateless,
    ports: 'remove it, and listen on port 8080 in the function: the runtime calls every function there',
  }),
  ...foreignRows('functions.*', 'check/pro-only-key', {
    constraints: placement,
    nodeSelector: placement,
    tolerations: placement,
    affinity: placement,
    profile: 'write spread, priority or runAsUser instead',
    profiles: 'write spread, priority or runAsUser instead',
    serviceAccount: 'remove it; here functions have no access to the Kubernetes API',
  }),
  ...foreignRows('functions.*', 'check/public-images-only', {
    imagePullSecrets: image,
    registryAuth: image,
  }),
};
