import { createRequire } from 'node:module';
import { extname } from 'node:path';
import type { ParserOptions } from '@babel/parser';
import type { Expression, Statement } from '@babel/types';

/** The statements of a TypeScript or JavaScript file, as far as they can be made out; none if nothing can. */
export function parseStatements(file: string, text: string): readonly Statement[] {
  const parsed = attempt(() => babel().parse(text, { ...optionsFor(file), errorRecovery: true }));
  return parsed instanceof Error ? [] : parsed.program.body;
}

/** The value of a JSON file; `undefined` if it cannot be parsed. */
export function parseJsonExpression(text: string): Expression | undefined {
  const parsed = attempt(() => babel().parseExpression(text, { errorRecovery: true }));
  return parsed instanceof Error ? undefined : parsed;
}

/** The first thing that is wrong with a file's syntax, and its offset; `undefined` if nothing is. */
export function findSyntaxError(file: string, text: string): { problem: string; offset: number } | undefined {
  const parsed = attempt(() => babel().parse(text, optionsFor(file)));
  if (!(parsed instanceof Error)) return undefined;
  const offset = 'pos' in parsed && typeof parsed.pos === 'number' ? parsed.pos : 0;
  return { problem: parsed.message.replace(/ \(\d+:\d+\)$/, ''), offset };
}

/** The parser is only loaded when there is something to report. */
function babel(): typeof import('@babel/parser') {
  return createRequire(import.meta.url)('@babel/parser');
}

function optionsFor(file: string): ParserOptions {
  const isTypeScript = /^\.[cm]?ts$/.test(extname(file));
  return {
    sourceType: 'unambiguous',
    allowAwaitOutsideFunction: true,
    plugins: isTypeScript ? ['typescript', 'decorators'] : [],
  };
}

/** Catches what a text can do to the parser: syntax that is wrong, and nesting that overflows its stack. */
function attempt<T>(parse: () => T): T | Error {
  try {
    return parse();
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return error;
    throw error;
  }
}
