import { report } from '../../../diagnostics/report.ts';
import { directivesBelow } from '../../../nginx/find.ts';
import { podsIn } from '../../kubernetes/pod.ts';
import type { Rule } from '../rule.ts';

/** What calls by `/async-function/` finds a queue: NATS and its worker, or a chart that brings them. */
export const queueWhereUsed: Rule = {
  name: 'queue-where-used',
  harm: 'lost calls',
  loss: 'Calls by the queue would be accepted by nobody.',
  check: (dist) => {
    const parts = new Set(dist.objects.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`));
    const hasQueue = ['nats', 'queue-worker'].every((name) => parts.has(`Deployment openfaas/${name}`));
    if (hasQueue || dist.objects.some(({ kind }) => kind === 'HelmChart')) return [];
    const locations = dist.nginx
      .flatMap(({ statements }) => directivesBelow(statements, 'location'))
      .map(({ args }) => args.at(-1) ?? '')
      .filter((path) => path.startsWith('/async-function/'))
      .map((path) => `nginx's location ${path}`);
    const jobs = podsIn(dist)
      .filter(({ spec }) =>
        spec.containers.some(({ args = [] }) => args.some((arg) => arg.includes('/async-function/'))),
      )
      .map(({ owner }) => `CronJob ${owner}`);
    return [...locations, ...jobs].map((user) => report('verify/queue-missing', [], { user }));
  },
};
