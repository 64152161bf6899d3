import { report } from '../../../diagnostics/report.ts';
import { directivesBelow } from '../../../nginx/find.ts';
import type { Dist } from '../../dist.ts';
import { podOf } from '../../kubernetes/body.ts';
import type { Rule } from '../rule.ts';

/**
 * A function that nginx or stack.yaml knows has a Deployment and a Service of exactly its name, and a first container
 * of its name: that is how the provider finds it. And each that is deployed is in both,
 * or not in the conf where the lock file says that it is not exposed.
 */
export const functionsDeployed: Rule = {
  name: 'functions-deployed',
  harm: 'reachability',
  loss: 'Clients would call a function that does not run, or a function that runs could not be called or deployed again.',
  check: (dist) => {
    const deployed = deployedFunctions(dist);
    const inNginx = new Set(
      dist.nginx
        .flatMap(({ statements }) => directivesBelow(statements, 'location'))
        .flatMap(({ args }) => /^\/function\/([^/]+)\/?$/.exec(args.at(-1) ?? '')?.[1] ?? []),
    );
    const closed = new Set(dist.lock.functions.filter(({ exposed }) => !exposed).map(({ name }) => name));
    const inStack = new Set(Object.keys(dist.stack.functions));
    const missing = (names: Iterable<string>, where: string, from: ReadonlySet<string>) =>
      [...names]
        .filter((name) => !from.has(name))
        .map((name) => report('verify/function-not-deployed', [], { name, where }));

    return [
      ...missing(inNginx, 'the nginx conf', deployed),
      ...missing(inStack, 'stack.yaml', deployed),
      ...[...deployed].flatMap((name) => [
        ...(inNginx.has(name) || closed.has(name)
          ? []
          : [report('verify/function-not-listed', [], { name, where: 'the nginx conf' })]),
        ...(inStack.has(name)
          ? []
          : [report('verify/function-not-listed', [], { name, where: 'stack.yaml' })]),
      ]),
    ];
  },
};

function deployedFunctions({ objects }: Dist): ReadonlySet<string> {
  const services = new Set(
    objects
      .filter(({ kind, namespace }) => kind === 'Service' && namespace === 'openfaas-fn')
      .map(({ name }) => name),
  );
  // Pro's operator makes the Deployment and the Service of a Function.
  const resources = objects.filter(
    ({ kind, namespace }) => kind === 'Function' && namespace === 'openfaas-fn',
  );
  return new Set([
    ...resources.map(({ name }) => name),
    ...objects
      .filter(({ kind, namespace }) => kind === 'Deployment' && namespace === 'openfaas-fn')
      .filter((object) => services.has(object.name) && podOf(object)?.containers[0]?.name === object.name)
      .map(({ name }) => name),
  ]);
}
