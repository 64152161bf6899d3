import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { PlatformFunction, Schedule } from '../../platform/functions/function.ts';
import type { OpenFaas } from '../../platform/openfaas/openfaas.ts';
import { quantities } from '../component.ts';
import { dns, policyPort } from '../network-peers.ts';
import { untilReached } from '../reached.ts';
import { restrictedContainer, restrictedPod } from '../restricted.ts';

export interface FunctionSchedulesProps {
  readonly openfaas: OpenFaas;
  readonly functions: readonly PlatformFunction[];
}

const labels = { app: 'schedule' };

/** Any user but root, as a number: the image names its user, and Kubernetes cannot check a name. */
const user = 65_534;

/** Seconds by which a call may be late after the control plane was down; later ones are skipped. */
const lateness = 300;

/** A CronJob for each schedule of a function, in the gateway's namespace, and a policy that lets it call the gateway. */
export class FunctionSchedules extends Construct {
  constructor(scope: Construct, id: string, { openfaas, functions }: FunctionSchedulesProps) {
    super(scope, id);
    const { namespace } = openfaas;
    for (const fn of functions) {
      for (const schedule of fn.schedules) cronJob(this, openfaas, fn, schedule);
    }
    const ports = [policyPort(openfaas.port)];
    const gateway = { podSelector: { matchLabels: { app: 'gateway' } } };
    new k8s.KubeNetworkPolicy(this, 'policy', {
      metadata: { name: 'schedule', namespace },
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ['Ingress', 'Egress'],
        egress: [dns, { to: [gateway], ports }],
      },
    });
    new k8s.KubeNetworkPolicy(this, 'gateway-policy', {
      metadata: { name: 'gateway-from-schedule', namespace },
      spec: {
        ...gateway,
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: { matchLabels: labels } }], ports }],
      },
    });
  }
}

function cronJob(scope: Construct, openfaas: OpenFaas, fn: PlatformFunction, schedule: Schedule): void {
  const path = schedule.async ? 'async-function' : 'function';
  const gateway = `http://gateway.${openfaas.namespace}.svc.cluster.local:${openfaas.port}`;
  const url = `${gateway}/${path}/${fn.name}`;
  // The gateway stops waiting after the function's timeout; this limit is for a gateway that does not answer at all.
  const longest = Math.ceil(fn.timeout / 1000) + 30;
  new k8s.KubeCronJob(scope, `function-${schedule.name}`, {
    metadata: { name: schedule.name, namespace: openfaas.namespace, labels },
    spec: {
      schedule: schedule.cron,
      timeZone: schedule.timeZone,
      concurrencyPolicy: schedule.overlap ? 'Allow' : 'Forbid',
      startingDeadlineSeconds: lateness,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        spec: {
          // A failed call may have had its effect, so it is not repeated before its next scheduled time.
          backoffLimit: 0,
          activeDeadlineSeconds: longest + lateness,
          template: {
            metadata: { labels },
            spec: {
              restartPolicy: 'Never',
              automountServiceAccountToken: false,
              enableServiceLinks: false,
              securityContext: restrictedPod(user),
              containers: [
                {
                  name: 'call',
                  image: openfaas.images.curl,
                  imagePullPolicy: 'IfNotPresent',
                  command: ['curl'],
                  args: [
                    ...untilReached(`${gateway}/healthz`, lateness, 'success'),
                    '--next',
                    ...call(url, longest),
                  ],
                  resources: {
                    requests: quantities({ cpu: '10m', memory: '16Mi', 'ephemeral-storage': '16Mi' }),
                    limits: quantities({ memory: '64Mi', 'ephemeral-storage': '64Mi' }),
                  },
                  securityContext: restrictedContainer(),
                },
              ],
            },
          },
        },
      },
    },
  });
}

/** Arguments of curl for the call itself, which is made once. */
function call(url: string, longest: number): string[] {
  return [
    ...['--fail-with-body', '--silent', '--show-error'],
    ...['--max-time', String(longest), '--request', 'POST', url],
  ];
}
