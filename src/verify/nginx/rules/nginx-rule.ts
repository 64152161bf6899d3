import type { Directive } from '../../../nginx/directive.ts';
import type { Scope } from '../../../nginx/scope.ts';
import type { NginxTarget } from '../../../nginx/targets.ts';

export interface NginxRuleOptions {
  /** `main`: a whole nginx.conf. `http`: a file that is included in its http block, like those of conf.d. */
  readonly file: 'main' | 'http';
  /** The nginx that reads it: `1.22.1`. */
  readonly nginx: string;
  /** The OpenSSL that this nginx runs with: `3.0`. */
  readonly openssl: string;
  /** Whom the package has its workers run as. @default 'www-data' */
  readonly user?: NginxTarget['user'];
}

/** What a rule found, and where. */
export interface Finding {
  readonly message: string;
  readonly line?: number;
}

/** Something that every conf of ours must be, beyond what nginx asks for. */
export interface NginxRule {
  /** Stable, in kebab-case. */
  readonly name: string;
  /** Every scope of the conf is given, outer ones first. */
  readonly check: (scopes: readonly Scope[], options: NginxRuleOptions) => Finding[];
}

export function finding(message: string, directive: Directive | undefined): Finding {
  return { message, ...(directive?.line !== undefined && { line: directive.line }) };
}

/** What their blocks hold are entries, not directives. */
const holdEntries = ['map', 'geo', 'types'];

/** Every directive of some names, with the scope it stands in. */
export function everyDirective(
  scopes: readonly Scope[],
  ...names: readonly string[]
): { directive: Directive; scope: Scope }[] {
  const real = scopes.filter(({ name }) => !holdEntries.includes(name));
  return real.flatMap((scope) =>
    scope.directives
      .filter(({ directive }) => names.includes(directive))
      .map((directive) => ({ directive, scope })),
  );
}

/** How a directive is written, for a message: `location = /healthz`. */
export function heading({ directive, args }: Directive): string {
  return [directive, ...args].join(' ');
}

const bytesPer: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Bytes of a size as nginx writes it: `16k`, `1m`, `512`. */
export function bytesOf(size: string): number {
  const unit = size.slice(-1).toLowerCase();
  return unit in bytesPer ? Number(size.slice(0, -1)) * (bytesPer[unit] ?? 1) : Number(size);
}
