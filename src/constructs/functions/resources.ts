import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { PlatformFunction } from '../../platform/functions/function.ts';
import { literalValue } from '../literal-value.ts';

export interface FunctionResourceProps {
  readonly namespace: string;
  readonly fn: PlatformFunction;
}

/** A function as a `Function` resource. The operator of OpenFaaS Pro makes its Deployment and Service. */
export class FunctionResource extends Construct {
  constructor(scope: Construct, id: string, { namespace, fn }: FunctionResourceProps) {
    super(scope, id);
    new ApiObject(this, 'resource', {
      apiVersion: 'openfaas.com/v1',
      kind: 'Function',
      metadata: { name: fn.name, namespace },
      spec: functionSpec(fn),
    });
  }
}

function functionSpec(fn: PlatformFunction): Readonly<Record<string, unknown>> {
  const annotations = { ...fn.annotations, ...healthAnnotations(fn.healthPath) };
  return {
    name: fn.name,
    image: fn.image,
    labels: { ...fn.labels, ...scaleLabels(fn) },
    ...(Object.keys(annotations).length > 0 && { annotations }),
    environment: Object.fromEntries(
      Object.entries(fn.env).map(([name, value]) => [name, literalValue(value)]),
    ),
    ...(fn.secrets.length > 0 && { secrets: fn.secrets }),
    requests: { cpu: fn.cpu.request, memory: fn.memory.request },
    limits: { ...(fn.cpu.limit !== undefined && { cpu: fn.cpu.limit }), memory: fn.memory.limit },
    readOnlyRootFilesystem: fn.readOnlyRootFilesystem,
  };
}

/** The autoscaler's labels. A function that was scaled to zero starts again with one copy. */
function scaleLabels({ replicas: { min, max, rate } }: PlatformFunction): Record<string, string> {
  return {
    'com.openfaas.scale.min': String(Math.max(min, 1)),
    'com.openfaas.scale.max': String(max),
    ...(min === 0 && { 'com.openfaas.scale.zero': 'true' }),
    ...(max > min && {
      'com.openfaas.scale.type': 'rps',
      'com.openfaas.scale.target': String(Math.ceil(rate)),
    }),
  };
}

function healthAnnotations(path: string): Record<string, string> {
  if (path === '/_/health') return {};
  return { 'com.openfaas.health.http.path': path, 'com.openfaas.ready.http.path': path };
}
