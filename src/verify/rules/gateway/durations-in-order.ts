import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { directivesBelow, directivesIn } from '../../../nginx/find.ts';
import { parseDuration } from '../../../units/amounts.ts';
import type { Dist } from '../../dist.ts';
import { functionResource, podOf, variable } from '../../kubernetes/body.ts';
import { chartValue, openfaasRelease } from '../../kubernetes/chart-release.ts';
import { nginxWaits } from '../../nginx/waits.ts';
import type { Rule } from '../rule.ts';

/** A duration somewhere in the output, with the place for messages. */
interface Hop {
  readonly title: string;
  readonly milliseconds: number;
}

/**
 * Along nginx → gateway → function each hop waits longer than the one behind it: function ≤ upstream < gateway and
 * provider < nginx, or function < nginx where it waits for that one alone. And nginx lets go of an idle connection
 * before the gateway does.
 */
export const durationsInOrder: Rule = {
  name: 'durations-in-order',
  harm: 'lost calls',
  loss: 'A hop would give up before the one behind it, so calls that are answered in time would fail.',
  check: (dist) => {
    const setting = settingOf(dist);
    const upstream = hop('upstream_timeout of the gateway', setting('gateway', 'upstream_timeout'));
    const servers = ['read_timeout', 'write_timeout'].flatMap((name) => [
      hop(`${name} of the gateway`, setting('gateway', name)),
      hop(`${name} of the provider`, setting('faas-netes', name)),
    ]);
    const functions = functionTimeouts(dist);
    const waits = nginxWaits(dist);
    const wait = (text: string | undefined) => hop('proxy_read_timeout of nginx', text);
    const idle = dist.nginx
      .flatMap(({ statements }) => directivesBelow(statements, 'upstream'))
      .flatMap(({ block = [] }) => directivesIn(block, 'keepalive_timeout'))
      .map(({ args }) => hop("keepalive_timeout of nginx's upstream", args[0]));

    return [
      ...functions.flatMap((fn) =>
        fn.milliseconds <= upstream.milliseconds ? [] : [outOfOrder(fn, upstream)],
      ),
      ...servers.flatMap((server) => ordered(upstream, server)),
      ...servers.flatMap((server) => waits.servers.flatMap((text) => ordered(server, wait(text)))),
      ...waits.functions.flatMap((own) =>
        functions.filter(({ name }) => name === own.name).flatMap((fn) => ordered(fn, wait(own.wait))),
      ),
      ...servers.flatMap((server) => idle.flatMap((one) => ordered(one, server))),
    ];
  },
};

function ordered(shorter: Hop, longer: Hop): Diagnostic[] {
  return shorter.milliseconds < longer.milliseconds ? [] : [outOfOrder(shorter, longer)];
}

function outOfOrder(shorter: Hop, longer: Hop): Diagnostic {
  return report('verify/durations-out-of-order', [], { shorter: named(shorter), longer: named(longer) });
}

function named({ title, milliseconds }: Hop): string {
  return Number.isNaN(milliseconds) ? `${title} (missing)` : `${title} (${milliseconds / 1000}s)`;
}

/** A missing duration is not a number, and so is in no order with any. */
function hop(title: string, text: string | undefined): Hop {
  const readable = text !== undefined && /^(\d+(ms|s|m|h))+$/.test(text);
  return { title, milliseconds: readable ? parseDuration(text) : Number.NaN };
}

/** The settings of OpenFaaS' own containers: in their environment, or in the values of the chart. */
function settingOf(dist: Dist): (container: 'gateway' | 'faas-netes', name: string) => string | undefined {
  const release = openfaasRelease(dist);
  return (container, name) => {
    if (release === undefined) return variable(containerOf(dist, container), name);
    const key = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    const value = chartValue(release, `${container.replace('-', '')}.${key}`);
    return typeof value === 'string' ? value : undefined;
  };
}

function containerOf({ objects }: Dist, name: string) {
  return objects
    .flatMap((object) => podOf(object)?.containers ?? [])
    .find((container) => container.name === name);
}

function functionTimeouts({ objects, stack }: Dist): (Hop & { readonly name: string })[] {
  return objects
    .filter(
      ({ kind, namespace, name }) =>
        ['Deployment', 'Function'].includes(kind) &&
        namespace === 'openfaas-fn' &&
        Object.hasOwn(stack.functions, name),
    )
    .map((object) => {
      const pod = variable(podOf(object)?.containers[0], 'exec_timeout');
      const own = functionResource(object)?.environment?.exec_timeout;
      return { name: object.name, ...hop(`exec_timeout of function ${object.name}`, pod ?? own) };
    });
}
