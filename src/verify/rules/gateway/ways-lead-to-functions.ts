import { report } from '../../../diagnostics/report.ts';
import type { Dist } from '../../dist.ts';
import { serviceSpec, titleOf } from '../../kubernetes/body.ts';
import { challengeUpstream } from '../../nginx/challenges.ts';
import { type Way, waysOf } from '../../nginx/gateway-ways.ts';
import type { Rule } from '../rule.ts';

/**
 * Whatever a client asks for, nginx passes on what is a function's, what tells that the gateway is well, and OpenFaaS'
 * own interface where the lock file says that it is open: no location leads to anything else behind it.
 */
export const waysLeadToFunctions: Rule = {
  name: 'ways-lead-to-functions',
  harm: 'exposure',
  loss: "Strangers could reach OpenFaaS' administration or other parts behind nginx.",
  check: (dist) => {
    const functions = new Set(Object.keys(dist.stack.functions));
    return [
      ...waysOf(dist)
        .filter((way) => !isRight(way, functions, dist))
        .map(({ location, target, file }) =>
          report(
            'verify/leads-elsewhere',
            [],
            { location: location.args.join(' '), target },
            { artifact: { path: file, ...(location.line && { line: location.line }) } },
          ),
        ),
      ...servicesAstray(dist),
    ];
  },
};

function isRight(way: Way, functions: ReadonlySet<string>, { lock }: Dist): boolean {
  const { match, path, target, asked, name } = way;
  if (target === `http://${challengeUpstream}`) return true;
  if (asked === '/healthz') return match === '=' && path === '/healthz';
  if (lock.intent.gateway.admin !== null && target === 'http://openfaas_gateway') {
    const own = `${match} ${path}`;
    if (['^~ /system/', '= /ui', '^~ /ui/'].includes(own)) return true;
  }
  if (name === undefined || !functions.has(name)) return false;
  // A path that is a function's own name leads to that one, and by its queue only what says so.
  const [, kind, own] = /^\/((?:async-)?function)\/([^/]*)/.exec(path) ?? [];
  if (kind !== undefined && own !== name) return false;
  const direct = target.startsWith('http://openfaas_fn_');
  if (!direct && kind !== undefined && !asked.startsWith(`/${kind}/`)) return false;
  if (direct && kind === 'async-function') return false;
  if (kind === undefined && asked.startsWith('/async-function/')) return false;
  return isWhole(way);
}

/** `/function/pay` by itself, and `/function/pay/` with what is below it: never names that only begin so. */
function isWhole({ match, path, asked, target }: Way): boolean {
  if (match === '=') return true;
  return path.endsWith('/') && (asked.endsWith('/') || target.endsWith('/'));
}

/** A Service with the name of a workload leads to that one, and every Service of ours has such a name. */
function servicesAstray({ objects }: Dist) {
  return objects.flatMap((service) => {
    const selector = serviceSpec(service)?.selector;
    if (selector === undefined) return [];
    const wanted = /^gateway-(address|metrics)$/.test(service.name) ? 'gateway' : service.name;
    const found = Object.values(selector).join(', ');
    return found === wanted
      ? []
      : [
          report(
            'verify/leads-elsewhere',
            [],
            { location: titleOf(service), target: found },
            { artifact: { path: service.path } },
          ),
        ];
  });
}
