import { userLines, userText } from '../../nginx/argument.ts';
import { comment, directive, type Statement } from '../../nginx/directive.ts';
import type { Outsiders } from '../../platform/gateway/insiders.ts';

/**
 * Turns a user's string into an nginx argument that means exactly that text. All of them go through here. The config's
 * schema already refuses strings that a conf cannot contain.
 *
 * @throws RangeError for one that the schema missed
 */
export function said(text: string): string {
  const argument = userText(text);
  if (typeof argument !== 'string') throw new RangeError(`${JSON.stringify(text)} ${argument.problem}`);
  return argument;
}

/** The same for text of several lines. */
export function saidInLines(text: string): string {
  const argument = userLines(text);
  if (typeof argument !== 'string') throw new RangeError(`${JSON.stringify(text)} ${argument.problem}`);
  return argument;
}

/** A function's name as part of a variable's name. Function names do not contain `_`, so two never become the same. */
export function inVariable(name: string): string {
  return name.replaceAll('-', '_');
}

/** Allows only these networks, or everyone if there are none. nginx uses the first rule that matches. */
export function fromNetworks({ networks, except }: Outsiders): Statement[] {
  if (networks.length === 0) return [];
  return [
    ...(except.length === 0 ? [] : [comment('Never pods.')]),
    ...except.map((network) => directive('deny', network)),
    ...networks.map((network) => directive('allow', said(network))),
    directive('deny', 'all'),
  ];
}
