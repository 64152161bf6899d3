import { createRequire } from 'node:module';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { checkAdjustments } from '../diagnostics/check-adjustments.ts';
import { plainData } from '../load/plain-data.ts';
import { checkCounts } from './counts.ts';
import { checkNameCollisions } from './name-collisions.ts';
import { createSchemaCheck } from './schema-check.ts';
import type { SchemaNode } from './schema-node.ts';

/**
 * Everything about a value that keeps it from being a `PlatformConfig`, by the schema that is made from that type:
 * keys, types, forms and ranges. What several values say together is for `resolve`. A value that passes is one.
 */
export function check(value: unknown): readonly Diagnostic[] {
  const [data, problems] = plainData(value);
  if (problems.length > 0) return problems;
  const tooMany = checkCounts(data);
  return tooMany.length > 0
    ? tooMany
    : [...checkPlatform(data), ...checkNameCollisions(data), ...checkAdjustments(data)];
}

const schema: SchemaNode = createRequire(import.meta.url)('../../../schemas/platform.schema.json');

const checkPlatform = createSchemaCheck(schema);
