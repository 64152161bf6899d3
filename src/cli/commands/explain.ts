import { resolve } from 'node:path';
import type { LoadedConfig } from '../../config/locate/loaded-config.ts';
import { type Code, codes } from '../../diagnostics/codes.ts';
import { formatPath, parsePath } from '../../diagnostics/config-path.ts';
import { isAdjustable } from '../../diagnostics/definition.ts';
import { type Diagnostic, hasErrors, type Outcome } from '../../diagnostics/diagnostic.ts';
import { print } from '../../diagnostics/print/print.ts';
import { nearest } from '../../diagnostics/suggest.ts';
import type { CodeExplanation } from '../../explain/explain-code.ts';
import { explanationOf } from '../../explain/explained.ts';
import { chooseColors } from '../choose-colors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { findConfig } from '../find-config.ts';
import type { Io } from '../io.ts';
import { printValue } from '../output/print-value.ts';

/** `fjord explain`'s options, as typed. */
export interface ExplainFlags {
  /** @default the config file in the current directory */
  readonly config?: string;
}

/** Explains a code (`stage/fact`) or a value of the config (`functions.pay.timeout`). Without either, lists the codes. */
export async function explain(what: string | undefined, flags: ExplainFlags, io: Io): Promise<ExitCode> {
  if (what === undefined) {
    io.stdout.write(listCodes());
    return exitCodes.done;
  }
  if (isCode(what)) {
    io.stdout.write(printCode(await explanationOf(what), io));
    return exitCodes.done;
  }
  return /^[a-z]+\//.test(what) ? refuse(unknownCode(what), io) : explainPath(what, flags, io);
}

function listCodes(): string {
  const width = Math.max(...Object.keys(codes).map((code) => code.length));
  const rows = (Object.keys(codes) as Code[]).map(
    (code) => `${code.padEnd(width)}  ${codes[code].severity}\n`,
  );
  return rows.join('');
}

function printCode(
  { code, severity, meaning, example, printed }: Omit<CodeExplanation, 'found'>,
  io: Io,
): string {
  const colors = chooseColors(io, 'stdout');
  const adjustable = isAdjustable(codes[code]) ? ', adjustable with diagnostics in the config' : '';
  const indented = (text: string) => text.replace(/^(?=.)/gm, '  ');
  return [
    `${colors.bold(code)} (${severity}${adjustable})`,
    meaning,
    `For example:\n\n${indented(example)}`,
    `Fjord then prints, with the fix last:\n\n${indented(printed)}\n`,
  ].join('\n\n');
}

async function explainPath(what: string, { config }: ExplainFlags, io: Io): Promise<ExitCode> {
  const [{ explainValue }, { load }] = await Promise.all([
    import('../../explain/explain-value.ts'),
    import('../../config/load/load.ts'),
  ]);
  const path = parsePath(what);
  const [loaded, problems] = await load(config === undefined ? findConfig(io.cwd) : resolve(io.cwd, config), {
    cache: io.cache,
  });
  const [compilable, found] = loaded ? await withoutErrors(loaded) : [undefined, problems];
  if (compilable === undefined) {
    io.stderr.write(print(found, { colors: chooseColors(io, 'stderr'), cwd: io.cwd }));
    return exitCodes.refused;
  }
  const explained = explainValue(compilable, path);
  if ('known' in explained) {
    const { known, keys, suggestion } = explained;
    const where = known.length === 0 ? 'A config' : formatPath(known);
    const next = suggestion === undefined ? keys.join(', ') : formatPath([...known, suggestion]);
    const hint = suggestion === undefined ? `Its keys are ${next || 'none'}.` : `Did you mean ${next}?`;
    return refuse(`${where} has no ${formatPath([path[known.length] ?? ''])}. ${hint}`, io);
  }
  io.stdout.write(printValue(explained, { colors: chooseColors(io, 'stdout'), cwd: io.cwd }));
  return exitCodes.done;
}

/** Checks that a config compiles, because only then can its values be explained. */
async function withoutErrors(loaded: LoadedConfig): Promise<Outcome<LoadedConfig>> {
  const [{ check }, { place }, { resolve: resolvePlatform }] = await Promise.all([
    import('../../config/check/check.ts'),
    import('../../config/locate/place.ts'),
    import('../../platform/resolve.ts'),
  ]);
  const unchecked: readonly Diagnostic[] = check(loaded.value);
  // `check` found no error, so it is a config.
  const found = hasErrors(unchecked) ? unchecked : resolvePlatform(loaded.value as never)[1];
  return hasErrors(found) ? [undefined, place(loaded, found)] : [loaded, []];
}

function unknownCode(what: string): string {
  const suggestion = nearest(what, Object.keys(codes));
  const hint = suggestion === undefined ? 'Run fjord explain for the list.' : `Did you mean ${suggestion}?`;
  return `There is no code ${JSON.stringify(what)}. ${hint}`;
}

function refuse(text: string, io: Io): ExitCode {
  io.stderr.write(`${text}\n`);
  return exitCodes.usage;
}

function isCode(text: string): text is Code {
  return Object.hasOwn(codes, text);
}
