import { printYaml } from '../artifacts/print-yaml.ts';
import type { Platform } from '../platform/platform.ts';
import type { PlatformFunction } from '../platform/platform-function.ts';
import type { Renderer } from './renderer.ts';

/** The functions as `faas-cli` knows them: to build, push and invoke them. They are deployed by their manifests. */
export const renderStack: Renderer = ({ platform, marker }) => [
  {
    path: 'stack.yaml',
    kind: 'stack',
    text: printYaml(
      {
        version: '1.0',
        provider: { name: 'openfaas', gateway: `https://${platform.domain}` },
        functions: Object.fromEntries(platform.functions.map((fn) => [fn.name, stackFunction(fn, platform)])),
      },
      marker,
    ),
    source: ['functions'],
  },
];

function stackFunction(fn: PlatformFunction, { openfaas }: Platform): unknown {
  return {
    ...(fn.source && { lang: fn.source.template, handler: fn.source.handler }),
    ...(!fn.source && { skip_build: true }),
    image: fn.image,
    namespace: openfaas.functionNamespace,
    ...(Object.keys(fn.env).length > 0 && {
      // faas-cli substitutes ${…} in this file before it reads it, and has no escape for it.
      environment: fn.env,
    }),
    ...(fn.secrets.length > 0 && { secrets: fn.secrets }),
    limits: { memory: fn.memory.limit, ...(fn.cpu.limit !== undefined && { cpu: fn.cpu.limit }) },
    requests: { memory: fn.memory.request, cpu: fn.cpu.request },
    readonly_root_filesystem: fn.readOnlyRootFilesystem,
  };
}
