import { createRequire } from 'node:module';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { predicateOf } from '../../schemas/predicates.ts';
import { checkAdjustments } from '../diagnostics/check-adjustments.ts';
import { plainData } from '../load/plain-data.ts';
import { checkCounts } from './counts.ts';
import { checkNameCollisions } from './name-collisions.ts';
import { checkPrivateKeys } from './private-keys.ts';
import { createSchemaCheck } from './schema-check.ts';
import type { SchemaNode } from './schema-node.ts';

/**
 * Finds everything that keeps a value from being a `PlatformConfig`, by the schema made from that type: keys, types,
 * forms and ranges. Whether values fit together is for `resolve`. A value that passes is a `PlatformConfig`.
 */
export function check(value: unknown): readonly Diagnostic[] {
  const [data, problems] = plainData(value);
  if (problems.length > 0) return problems;
  const tooMany = checkCounts(data);
  if (tooMany.length > 0) return tooMany;
  const privateKeys = checkPrivateKeys(data);
  return privateKeys.length > 0
    ? privateKeys
    : [...checkPlatform(data), ...checkNameCollisions(data), ...checkAdjustments(data)];
}

const schema: SchemaNode = createRequire(import.meta.url)('../../../schemas/platform.schema.json');

const checkPlatform = createSchemaCheck(schema, (value) => predicateOf('platform')?.(value) ?? false);
