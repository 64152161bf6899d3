// Writes schemas/platform.schema.json from the types in src/config: `npm run schemas:platform`.
// With --check it writes nothing and fails when the file is not what the types say.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGenerator, type Schema } from 'ts-json-schema-generator';

const target = fileURLToPath(new URL('../schemas/platform.schema.json', import.meta.url));

const generated = createGenerator({
  path: fileURLToPath(new URL('../src/config/platform-config.ts', import.meta.url)),
  tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)),
  type: 'PlatformConfig',
  topRef: false,
  jsDoc: 'extended',
  additionalProperties: false,
  // Properties stay in the order in which the types name them, which is the order to read them in.
  sortProps: false,
  skipTypeCheck: true,
}).createSchema('PlatformConfig');

const text = `${JSON.stringify(arrange(generated), null, 2)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (text !== readIfThere(target)) {
  console.error('schemas/platform.schema.json is not what src/config says. Run: npm run schemas:platform');
  process.exitCode = 1;
}

/** The head first, then what the root object says, then the definitions by name. */
function arrange({ $schema, definitions = {}, ...root }: Schema): Schema {
  const names = Object.keys(definitions).sort();
  return {
    $schema,
    $id: 'urn:fjord:platform',
    title: 'platform.config',
    ...root,
    definitions: Object.fromEntries(names.map((name) => [name, definitions[name] ?? {}])),
  };
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
