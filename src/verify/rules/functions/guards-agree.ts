import { report } from '../../../diagnostics/report.ts';
import { type Directive, isDirective } from '../../../nginx/directive.ts';
import { directivesBelow, directivesIn } from '../../../nginx/find.ts';
import type { Rule } from '../rule.ts';

/** Whatever way leads to a function (its path, one of its own, its queue, its domain), the same stands before it. */
export const guardsAgree: Rule = {
  name: 'guards-agree',
  harm: 'exposure',
  loss: "A client could go around a function's networks, its auth or its limits by another way to the same function.",
  check: ({ nginx }) =>
    nginx.flatMap(({ path, statements }) => {
      const first = new Map<string, { readonly guard: string; readonly place: string }>();
      return directivesBelow(statements, 'location').flatMap((location) => {
        const name = functionOf(location);
        if (name === undefined || directivesIn(location.block ?? [], 'internal').length > 0) return [];
        const here = { guard: guardOf(location), place: location.args.join(' ') };
        const before = first.get(name) ?? here;
        first.set(name, before);
        if (before.guard === here.guard) return [];
        const params = { name, place: here.place, other: before.place };
        const line = location.line === undefined ? {} : { line: location.line };
        return [report('verify/guards-differ', ['functions', name], params, { artifact: { path, ...line } })];
      });
    }),
};

/** The function that a location leads to, if it is a function's. */
function functionOf({ args, block = [] }: Directive): string | undefined {
  const target = directivesIn(block, 'proxy_pass')[0]?.args[0] ?? '';
  const named = /^\/(?:async-)?function\/([^/]+)\/?$/.exec(args.at(-1) ?? '');
  return (named ?? /\/function\/([^/$]+)/.exec(target) ?? /^http:\/\/openfaas_fn_([^/$]+)/.exec(target))?.[1];
}

const guards = ['auth_basic', 'auth_basic_user_file', 'auth_request', 'allow', 'deny'];

function guardOf({ block = [] }: Directive): string {
  return block
    .filter(isDirective)
    .filter(({ directive }) => guards.includes(directive))
    .map(({ directive, args }) => [directive, ...args].join(' '))
    .join('; ');
}
