import { type Code, codes } from './codes.ts';
import type { Sentences } from './definition.ts';
import type { ArtifactLocation, ConfigPath, Diagnostic } from './diagnostic.ts';

/** The parameters that the sentences of a code take. */
export type Params<C extends Code> = (typeof codes)[C] extends Sentences<infer P> ? P : never;

export interface ReportOptions {
  readonly at?: 'key' | 'value';
  readonly artifact?: ArtifactLocation;
}

/** Makes a diagnostic from a code, the path in the config and the parameters of its sentences. */
export function report<C extends Code>(
  code: C,
  path: ConfigPath,
  params: Params<C>,
  options: ReportOptions = {},
): Diagnostic {
  // The table's rows take different parameters; `Params<C>` ties this one to its code.
  const definition = codes[code] as Sentences<Params<C>>;
  return {
    code,
    severity: definition.severity,
    path,
    at: options.at ?? 'value',
    message: definition.fact(params),
    hint: definition.hint(params),
    ...(options.artifact && { artifact: options.artifact }),
  };
}
