import { userLines, userText } from '../../nginx/argument.ts';
import { comment, directive, type Statement } from '../../nginx/directive.ts';
import type { Outsiders } from '../../platform/gateway/insiders.ts';

/**
 * A string that a person wrote, as an argument of nginx that means exactly that text. Every one goes through here. The
 * config's own patterns let through nothing that a conf cannot carry.
 *
 * @throws RangeError for one that got past them
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

/** A function's name in the name of a variable. Names have no `_`, so no two become one. */
export function inVariable(name: string): string {
  return name.replaceAll('-', '_');
}

/** Lets in these networks and no other; without any, everybody. Of the rules, the first that fits counts. */
export function fromNetworks({ networks, except }: Outsiders): Statement[] {
  if (networks.length === 0) return [];
  return [
    ...(except.length === 0 ? [] : [comment('Pods are never meant.')]),
    ...except.map((network) => directive('deny', network)),
    ...networks.map((network) => directive('allow', said(network))),
    directive('deny', 'all'),
  ];
}
