import { diffArrays } from 'diff';
import { marker } from '../artifacts/marker.ts';
import { check } from '../config/check/check.ts';
import type { PlatformConfig } from '../config/platform-config.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import type { Platform } from '../platform/platform.ts';
import { resolve } from '../platform/resolve.ts';
import { render } from '../renderers/index.ts';
import { namedLeaves } from './config-values.ts';

/** A line of an artifact, from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** Resolves a value to a platform; undefined if it is not a valid config. */
export function platformOf(value: unknown): Platform | undefined {
  return hasErrors(check(value)) ? undefined : resolve(value as PlatformConfig)[0];
}

/** The names, in the resolved model, of the values that differ between two platforms. */
export function changedValues(one: Platform, other: Platform): Set<string> {
  const [before, after] = [namedLeaves(one), namedLeaves(other)];
  const names = new Set([...before.keys(), ...after.keys()]);
  return new Set([...names].filter((name) => before.get(name) !== after.get(name)));
}

/** The lines of one platform's artifacts that the other platform's do not have, by the artifact's path. */
export function changedLines(one: Platform, other: Platform): Map<string, Line[]> {
  const after = new Map(render(other, marker('')).map(({ path, text }) => [path, text]));
  const changes = new Map<string, Line[]>();
  for (const { path, text } of render(one, marker(''))) {
    const lines = missingLines(text, after.get(path) ?? '');
    if (lines.length > 0) changes.set(path, lines);
  }
  return changes;
}

function missingLines(text: string, other: string): Line[] {
  const lines: Line[] = [];
  let number = 0;
  for (const { added, removed, value } of diffArrays(text.split('\n'), other.split('\n'))) {
    if (added) {
      // Lines that only the other platform has do not count.
      continue;
    }
    for (const line of value) {
      number++;
      if (removed) lines.push({ number, text: line });
    }
  }
  return lines;
}
