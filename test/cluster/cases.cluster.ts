import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { places } from '../../src/platform/nodes/places.ts';
import { makeSecrets } from '../../src/rehearse/boot-step.ts';
import { cases } from '../cases/index.ts';
import { untilApplied } from './applied.ts';
import { type NativeCase, nativeCases } from './native-case.ts';
import { Running } from './running.ts';
import { unknownWarnings } from './warnings.ts';

const all = nativeCases();
const running = new Running(
  cases.smallest ?? { domain: '', nodes: {}, functions: {} },
  all.map(({ prepared }) => prepared),
);

/** Kinds that manifests have, as arguments of kubectl. */
const kinds =
  'namespaces,deployments,services,configmaps,networkpolicies,cronjobs,horizontalpodautoscalers,poddisruptionbudgets,serviceaccounts,roles.rbac.authorization.k8s.io,rolebindings.rbac.authorization.k8s.io,priorityclasses';

interface Found {
  readonly kind: string;
  readonly metadata: {
    readonly namespace?: string;
    readonly name: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: unknown;
  readonly data?: unknown;
  readonly rules?: unknown;
}

/** All that K3s has made of the file, each object with what somebody wanted of it. */
function made(): Map<string, string> {
  const { items } = running.get(kinds, '--all-namespaces') as { items: Found[] };
  return new Map(
    items
      .filter(({ metadata }) => metadata.annotations?.['objectset.rio.cattle.io/owner-name'] === 'fjord')
      .map(({ kind, metadata, spec, data, rules }) => {
        const { annotations, generation, labels } = metadata;
        const wanted = JSON.stringify({ annotations, generation, labels, spec, data, rules });
        return [`${kind} ${metadata.namespace ?? ''}/${metadata.name}`, wanted];
      }),
  );
}

function podNames(): string[] {
  return running
    .pods()
    .filter(({ metadata }) => metadata.labels['job-name'] === undefined)
    .map(({ metadata }) => metadata.name)
    .sort();
}

/** Lays the file as apply.sh does, and returns once K3s has applied it. */
function lay(text: string): Promise<void> {
  const put = 'umask 077; cat >"$0.new" && mv "$0.new" "$0"';
  return untilApplied(running.first, () => {
    const { status, stderr } = running.first.runWith(text, 'bash', '-c', put, places.manifests);
    if (status !== 0) throw new Error(stderr);
  });
}

function restarts(): string[] {
  return running
    .pods()
    .flatMap(({ metadata, status }) =>
      (status.containerStatuses ?? []).flatMap(({ name, restartCount }) =>
        restartCount > 0 ? [`${metadata.name}/${name}: ${restartCount}`] : [],
      ),
    );
}

/** Takes everything of a case away, so that the next one begins with an empty cluster. */
async function empty(): Promise<void> {
  await lay('# nothing\n');
  for (const namespace of ['openfaas', 'openfaas-fn']) {
    running.first.kubectl('--namespace', namespace, 'delete', 'pods', '--all', '--force', '--grace-period=0');
  }
  await running.first.until('an empty cluster', 120, () => {
    const { stdout } = running.first.kubectl('get', 'namespaces', '--output', 'name');
    return !/openfaas/.test(stdout);
  });
}

/** The answer of each function at the gateway. */
function answers({ prepared: { platform } }: NativeCase): Record<string, string> {
  const { address, port } = platform.openfaas;
  return Object.fromEntries(
    platform.functions.map(({ name }) => {
      const options = [
        '--silent',
        '--max-time',
        '10',
        '--output',
        '/dev/null',
        '--write-out',
        '%{http_code}',
      ];
      const { stdout } = running.first.run('curl', ...options, `http://${address}:${port}/function/${name}`);
      return [name, stdout];
    }),
  );
}

describe('every native case on a real Kubernetes, each as a change from the one before it', () => {
  const rows: string[] = [];
  beforeAll(() => running.start(), 600_000);
  afterAll(async () => {
    console.log(
      [
        '| case | objects | pods | ready after | functions answer |',
        '|---|---:|---:|---:|---:|',
        ...rows,
      ].join('\n'),
    );
    await running.stop();
  });

  it.each(all.map((one) => [one.name, one] as const))('%s', async (name, one) => {
    const services = cases[name]?.k3s?.serviceCidr;
    if (services !== undefined) {
      await empty();
      const object = { apiVersion: 'networking.k8s.io/v1', kind: 'ServiceCIDR', metadata: { name: 'case' } };
      const text = JSON.stringify({ ...object, spec: { cidrs: [services] } });
      expect(running.first.runWith(text, '/usr/local/bin/k3s', 'kubectl', 'apply', '-f', '-').status).toBe(0);
    } else makeSecrets(running.first, one.prepared);
    // Kubernetes counts whole seconds.
    const began = Math.floor(Date.now() / 1000) * 1000;
    await lay(one.file);
    if (services !== undefined) {
      // With its namespace went what the node's apply.sh had made when it booted.
      const values = ['--from-literal=basic-auth-user=admin', '--from-literal=basic-auth-password=admin'];
      running.must('--namespace', 'openfaas', 'create', 'secret', 'generic', 'basic-auth', ...values);
      makeSecrets(running.first, one.prepared);
    }
    const expected = (one.prepared.platform.functions ?? []).length;
    await running.first
      .until('all pods ready', 240, () => {
        const pods = running.pods().filter(({ metadata }) => metadata.labels['job-name'] === undefined);
        return pods.length > expected && rolledOut(one) && running.areReady(pods);
      })
      .catch((error: unknown) => {
        const events = ['get', 'events', '--all-namespaces', '--sort-by', '.lastTimestamp'];
        const recent = running
          .must(...events)
          .split('\n')
          .slice(-20)
          .join('\n');
        throw new Error(
          `${error}\n${running.must('get', 'deployments,pods', '--all-namespaces')}\n${recent}`,
        );
      });
    const seconds = ((Date.now() - began) / 1000).toFixed(0);
    await wait(1000);
    const statuses = answers(one);
    const [objects, pods] = [made(), podNames()];
    expect([...objects.keys()].sort()).toEqual(one.objects);
    expect(restarts()).toEqual([]);
    await lay(`${one.file}# again\n`);
    expect([made(), podNames()]).toEqual([objects, pods]);
    expect(unknownWarnings(running, services === undefined ? 'change' : 'first start', began)).toEqual([]);
    const good = Object.values(statuses).filter((status) => status === '200').length;
    rows.push(`| ${name} | ${objects.size} | ${pods.length} | ${seconds} s | ${good} of ${expected} |`);
    expect(statuses).toEqual(Object.fromEntries(Object.keys(statuses).map((fn) => [fn, '200'])));
  });
});

/** Whether every Deployment is what its latest version wants, with its least number of copies and none of an earlier one. */
function rolledOut({ prepared: { platform } }: NativeCase): boolean {
  const { items } = running.get('deployments', '--all-namespaces') as {
    items: {
      metadata: { name: string; generation: number };
      spec: { replicas: number };
      status: {
        observedGeneration?: number;
        updatedReplicas?: number;
        replicas?: number;
        availableReplicas?: number;
      };
    }[];
  };
  const least = new Map(platform.functions.map(({ name, replicas }) => [name, replicas.min]));
  return items.every(
    ({ metadata, spec, status }) =>
      spec.replicas >= (least.get(metadata.name) ?? 1) &&
      status.observedGeneration === metadata.generation &&
      status.updatedReplicas === spec.replicas &&
      status.replicas === spec.replicas &&
      status.availableReplicas === spec.replicas,
  );
}
