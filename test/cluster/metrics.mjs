import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import process from 'node:process';

// metrics.mjs KEY CERTIFICATE PODS: the metrics API, by which every pod that the file PODS names uses ten processors.
const [, , key, cert, pods] = process.argv;
const group = '/apis/metrics.k8s.io/v1beta1';

createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'https://localhost');
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(pathname === group ? resources() : metrics(searchParams.get('labelSelector'))));
}).listen(9443, '10.0.0.1');

function resources() {
  const pod = {
    name: 'pods',
    singularName: '',
    namespaced: true,
    kind: 'PodMetrics',
    verbs: ['get', 'list'],
  };
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: 'metrics.k8s.io/v1beta1',
    resources: [pod],
  };
}

function metrics(selector) {
  const [, name] = /^faas_function=(.+)$/.exec(selector ?? '') ?? [];
  const items = JSON.parse(readFileSync(pods, 'utf8'))
    .filter((pod) => pod.metadata.labels.faas_function === name)
    .map(({ metadata, spec }) => ({
      metadata: { name: metadata.name, namespace: metadata.namespace, labels: metadata.labels },
      timestamp: new Date().toISOString(),
      window: '10s',
      containers: spec.containers.map((one) => ({ name: one.name, usage: { cpu: '10', memory: '1Mi' } })),
    }));
  return { kind: 'PodMetricsList', apiVersion: 'metrics.k8s.io/v1beta1', metadata: {}, items };
}
