// Makes schemas/platform.schema.json from the types in src/config: `npm run schemas:platform`.

import { fileURLToPath } from 'node:url';
import { createGenerator, type Schema } from 'ts-json-schema-generator';
import { writeGenerated } from './write-generated.ts';

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

writeGenerated('schemas:platform', {
  'schemas/platform.schema.json': `${JSON.stringify(arrange(generated), null, 2)}\n`,
});

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
