import { printYaml } from '../artifacts/print-yaml.ts';
import type { PlatformFunction } from '../platform/functions/function.ts';
import type { Platform } from '../platform/platform.ts';
import type { Renderer } from './renderer.ts';

/** The file for `faas-cli build`, `push` and `invoke`. Functions are deployed by their manifests. */
export const renderStack: Renderer = ({ platform, marker }) => [
  {
    path: 'stack.yaml',
    kind: 'stack',
    text: withoutSubstitutions(
      printYaml(
        {
          version: '1.0',
          provider: { name: 'openfaas', gateway: `https://${platform.domain}` },
          functions: Object.fromEntries(
            platform.functions.map((fn) => [fn.name, stackFunction(fn, platform)]),
          ),
        },
        marker,
        /[$\\]/,
      ),
    ),
    source: ['functions'],
  },
];

/**
 * Writes `$` and backslashes as YAML escapes. Otherwise faas-cli would replace `${NAME}` anywhere in the file before
 * parsing it, and some versions would remove one of two backslashes. Both characters are only in double-quoted strings.
 */
function withoutSubstitutions(yaml: string): string {
  return yaml
    .replace(/\\(.)/gs, (sequence, character: string) => (character === '\\' ? '\\x5c' : sequence))
    .replaceAll('$', '\\x24');
}

function stackFunction(fn: PlatformFunction, { openfaas }: Platform): unknown {
  return {
    ...(fn.source && { lang: fn.source.template, handler: fn.source.handler }),
    ...(!fn.source && { skip_build: true }),
    image: fn.image,
    namespace: openfaas.functionNamespace,
    environment: fn.env,
    ...(fn.secrets.length > 0 && { secrets: fn.secrets }),
    ...(Object.keys(fn.labels).length > 0 && { labels: fn.labels }),
    ...(Object.keys(fn.annotations).length > 0 && { annotations: fn.annotations }),
    limits: { memory: fn.memory.limit, ...(fn.cpu.limit !== undefined && { cpu: fn.cpu.limit }) },
    requests: { memory: fn.memory.request, cpu: fn.cpu.request },
    readonly_root_filesystem: fn.readOnlyRootFilesystem,
  };
}
