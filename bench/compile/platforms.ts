import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlatformConfig } from '../../src/config/platform-config.ts';

/** The config of the reference platform, as its file says it. */
export function referenceConfig(): string {
  return readFileSync(join(import.meta.dirname, '../../platform.config.ts'), 'utf8');
}

/**
 * A platform with any number of functions: edition pro, whose licence has no limit, on a machine that has room for them,
 * delivered by GitOps, because no provider takes the manifests of so many in its user-data.
 *
 * @param tag of the image of the middle one; another tag is a changed function
 */
export function platformOf(functions: number, tag = '1'): PlatformConfig {
  const numbers = Array.from({ length: functions }, (_, number) => number);
  const tagOf = (number: number) => (number === functions >> 1 ? tag : '1');
  return {
    domain: 'functions.example.no',
    nodes: { 'node-1': { provider: 'coolvds', country: 'NO', memory: '512Gi', cpus: 256 } },
    openfaas: { edition: 'pro' },
    delivery: {
      mode: 'gitops',
      git: { tool: 'flux', repository: 'https://git.example.no/shop/platform.git' },
    },
    functions: Object.fromEntries(
      numbers.map((number) => [
        `function-${number}`,
        { image: `ghcr.io/acme/function-${number}:${tagOf(number)}`, env: { NUMBER: String(number) } },
      ]),
    ),
  };
}

/** The same as the text of a config. */
export function configOf(functions: number): string {
  return `import { definePlatform } from 'fjord';\n\nexport default definePlatform(${JSON.stringify(platformOf(functions), null, 2)});\n`;
}

/** Puts a config in a directory of its own. */
export function writeConfig(directory: string, config: string): string {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'platform.config.ts'), config);
  return directory;
}
