// Makes schemas/kubernetes/<minor>.json from the definitions that the PyPI package kubernetes-validate carries:
// `npm run schemas:kubernetes`. Needs python3 with pip, and the network.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { type KubernetesMinor, kubernetesMinors } from '../src/kubernetes/minors.ts';
import { applyValueRules } from './apply-value-rules.ts';
import { type KubernetesSchemas, kubernetesDefinitions, type Source } from './kubernetes-definitions.ts';
import { valueRules } from './kubernetes-values.ts';
import { writeGenerated } from './write-generated.ts';

const packageVersion = '1.37.0';
const wheel = `kubernetes_validate-${packageVersion}-py3-none-any.whl`;
const wheelSha256 = '85136d018a27b50ec7fc049d902bfa5193f5976807e6c0f408e3ab6fe078cad9';

function main(): void {
  const sources = readSources(downloadWheel());
  const applied = new Set<string>();
  const files: Record<string, string> = {};
  for (const minor of kubernetesMinors) {
    const schemas = kubernetesDefinitions(sources[minor], minor);
    for (const key of applyValueRules(schemas.definitions, valueRules)) applied.add(key);
    files[`schemas/kubernetes/${minor}.json`] = print(schemas, minor);
  }
  const unused = Object.keys(valueRules).filter((key) => !applied.has(key));
  if (unused.length > 0) throw new Error(`these rules speak of no field of any minor: ${unused.join(', ')}`);
  writeGenerated('schemas:kubernetes', files);
}

function downloadWheel(): Uint8Array {
  const directory = mkdtempSync(join(tmpdir(), 'kubernetes-schemas-'));
  try {
    const requirement = `kubernetes-validate==${packageVersion}`;
    const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'];
    execFileSync('python3', ['-m', 'pip', 'download', ...options, '--dest', directory, requirement], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const bytes = readFileSync(join(directory, wheel));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== wheelSha256) throw new Error(`${wheel} has sha256 ${sha256}, not ${wheelSha256}`);
    return bytes;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function readSources(bytes: Uint8Array): Record<KubernetesMinor, Source> {
  const paths = kubernetesMinors.map(
    (minor) => `kubernetes_validate/kubernetes-json-schema/v${minor}.0-local-strict/_definitions.json`,
  );
  const files = unzipSync(bytes, { filter: ({ name }) => paths.includes(name) });
  const sources: Partial<Record<KubernetesMinor, Source>> = {};
  kubernetesMinors.forEach((minor, index) => {
    const file = files[paths[index] ?? ''];
    if (!file) throw new Error(`${wheel} has no ${paths[index]}`);
    sources[minor] = JSON.parse(strFromU8(file)).$defs;
  });
  return sources as Record<KubernetesMinor, Source>;
}

/** One definition a line: small, and a change shows as the lines that changed. */
function print({ kinds, definitions }: KubernetesSchemas, minor: KubernetesMinor): string {
  const comment =
    `Kubernetes ${minor}, the kinds in use, closed. Generated from kubernetes-validate ${packageVersion} ` +
    'by `npm run schemas:kubernetes`; not to be edited. Origin and licence: schemas/README.md.';
  return [
    '{',
    '"$schema": "http://json-schema.org/draft-07/schema#",',
    `"$comment": ${JSON.stringify(comment)},`,
    '"kinds": {',
    lines(kinds),
    '},',
    '"definitions": {',
    lines(definitions),
    '}',
    '}',
    '',
  ].join('\n');
}

function lines(record: Readonly<Record<string, unknown>>): string {
  return Object.entries(record)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(',\n');
}

main();
