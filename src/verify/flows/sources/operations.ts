import type { Dist } from '../../dist.ts';
import type { NamedFlow } from '../flow.ts';
import { hostOfUrl } from './software.ts';

const firstServer = { from: 'the first server', isHost: true, enforced: false } as const;

/** Copies, alerts, the Git repository and scripts. */
export function operationFlows({ lock }: Dist): NamedFlow[] {
  const { backups, alerts, git } = lock.intent;
  const message = 'names of nodes and functions, and what is wrong with them';
  const s3Secret = lock.secrets.find(({ namespace }) => namespace === 'kube-system');
  const copies = {
    ...firstServer,
    data: "everything in Kubernetes' store, and what restores the node, encrypted for your recipients",
    carries: 'personal',
    when: 'every day',
    why: 'a copy for the day on which the machine is lost',
  } as const;
  const flows: (NamedFlow | undefined)[] = [
    backups?.ssh
      ? {
          ...copies,
          id: 'backups/ssh',
          to: backups.ssh.host,
          avoid: 'send the copies to a machine inside',
          path: ['backups', 'to', 'ssh'],
        }
      : undefined,
    backups?.s3
      ? {
          ...copies,
          id: 'backups/s3',
          to: hostOfUrl(backups.s3.endpoint),
          avoid: 'use a bucket inside',
          path: ['backups', 'to', 's3'],
        }
      : undefined,
    s3Secret
      ? {
          ...firstServer,
          id: `snapshots/${s3Secret.name}`,
          to: `the bucket that Secret ${s3Secret.name} names`,
          isHost: false,
          from: 'servers',
          data: "Kubernetes' store, in which only Secrets are encrypted",
          carries: 'personal',
          when: 'as k3s.snapshots.schedule says',
          why: 'snapshots of etcd',
          avoid: 'remove k3s.snapshots.s3Secret, or use backups, which encrypt everything',
          path: ['k3s', 'snapshots', 's3Secret'],
        }
      : undefined,
    ...Object.entries(alerts?.to ?? {}).map(
      ([name, { host, mail }]): NamedFlow => ({
        id: `alerts/${name}`,
        to: host,
        isHost: true,
        from: 'every node',
        data: mail ? `${message}; the addresses of its readers` : message,
        carries: 'yours',
        when: 'when something is wrong',
        why: 'somebody has to know',
        avoid: 'send it to a host inside',
        enforced: false,
        path: ['alerts', 'to', name],
      }),
    ),
    alerts?.deadMansSwitch
      ? {
          id: 'alerts/dead-mans-switch',
          to: alerts.deadMansSwitch,
          isHost: true,
          from: 'every node',
          data: 'the address of the node, and that it is well',
          carries: 'request',
          when: 'every few minutes',
          why: 'its silence tells that the node is down',
          avoid: 'use a service inside',
          enforced: false,
          path: ['alerts', 'deadMansSwitch'],
        }
      : undefined,
    git
      ? {
          id: `git/${hostOfGit(git.repository)}`,
          to: hostOfGit(git.repository),
          isHost: true,
          from: `pods of ${lock.delivery.tool === 'argocd' ? 'Argo CD' : 'Flux'}`,
          data: 'the manifests, which lie there: env of functions, names, domains',
          carries: 'yours',
          when: 'every minute',
          why: 'delivery from Git',
          avoid: 'host the repository inside, or write delivery.mode: embedded',
          enforced: false,
          path: ['delivery', 'git', 'repository'],
        }
      : undefined,
    lock.delivery.scripts
      ? {
          id: `scripts/${hostOfUrl(lock.delivery.scripts)}`,
          to: hostOfUrl(lock.delivery.scripts),
          isHost: true,
          from: 'new nodes',
          data: 'apply.sh of each node, which lies there: the whole config, without secrets',
          carries: 'yours',
          when: 'at the first start',
          why: 'user-data that is too long for the provider',
          avoid: 'use a host inside, or a provider that takes longer user-data',
          enforced: false,
          path: ['delivery', 'scripts'],
        }
      : undefined,
  ];
  return flows.filter((flow) => flow !== undefined);
}

/** `https://host/x`, `ssh://git@host/x`, `git@host:x`. */
function hostOfGit(repository: string): string {
  return repository.replace(/^(\w+:\/\/)?([^@/]*@)?([^/:]+).*$/, '$3');
}
