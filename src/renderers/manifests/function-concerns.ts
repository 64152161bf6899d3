import { OpenFaasFunction } from '../../constructs/functions/function.ts';
import { FunctionPolicies } from '../../constructs/functions/policies.ts';
import { FunctionResource } from '../../constructs/functions/resources.ts';
import { FunctionSchedules } from '../../constructs/functions/schedules.ts';
import { PriorityClasses } from '../../constructs/priority-classes.ts';
import { nginxSources } from '../../platform/gateway/nginx-calls.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Concern } from './manifest-file.ts';

/**
 * The file with objects of a kind that OpenFaaS Pro's chart installs. They are in a separate file, because K3s and
 * kubectl refuse a file with an unknown kind until that kind exists.
 */
export const functionResourcesFile = '65-function-resources.yaml';

const source = ['functions'];

/**
 * The classes of functions' priorities. K3s makes objects kind by kind, in the order in which its file has the kinds: if the
 * classes came after the Deployments, pods of a class would be refused until their controller tries again.
 */
export function priorityConcerns({ openfaas, functions }: Platform): Concern[] {
  const priorities = new Set(functions.map(({ priority }) => priority));
  if (openfaas.edition === 'pro' || (!priorities.has('high') && !priorities.has('low'))) return [];
  const build: Concern['build'] = (scope) => new PriorityClasses(scope, 'priority-classes', { priorities });
  return [{ file: '05-priority-classes.yaml', source, build }];
}

/** The functions, the policies for calls between them, and their schedules. */
export function functionConcerns(platform: Platform): Concern[] {
  const { openfaas, functions } = platform;
  const namespace = openfaas.functionNamespace;
  const isPro = openfaas.edition === 'pro';
  const resources: Concern = {
    file: functionResourcesFile,
    source,
    each: functions.map((fn) => ({
      of: { namespace, fn },
      build: (scope) => new FunctionResource(scope, `function-${fn.name}`, { namespace, fn }),
    })),
  };
  const schedules: Concern = {
    file: '70-schedules.yaml',
    source,
    build: (scope) => new FunctionSchedules(scope, 'schedules', { openfaas, functions }),
  };
  const workloads: Concern = {
    file: '60-functions.yaml',
    source,
    each: isPro
      ? []
      : functions.map((fn) => ({
          of: { namespace, fn },
          build: (scope) => new OpenFaasFunction(scope, `function-${fn.name}`, { namespace, fn }),
        })),
    build: (scope) => {
      new FunctionPolicies(scope, 'policies', {
        openfaas,
        k3s: platform.k3s,
        functions,
        nginxSources: nginxSources(platform),
      });
    },
  };
  return [
    ...(!isPro || functions.some(({ calls }) => calls.length > 0) ? [workloads] : []),
    ...(isPro ? [resources] : []),
    ...(functions.some(({ schedules }) => schedules.length > 0) ? [schedules] : []),
  ];
}
