import { cdns } from '../../../platform/gateway/cdns.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Dist } from '../../dist.ts';
import type { NamedFlow } from '../flow.ts';
import { hostOfUrl } from './software.ts';

const firstServer = { from: 'the first server', isHost: true, enforced: false } as const;

/** Machines, and who stands in front of them. */
export function hostingFlows({ lock }: Dist): NamedFlow[] {
  const networks = [...(lock.intent.gateway.trustedProxies?.networks ?? [])].sort().join();
  const cdn = Object.entries(cdns).find(([, one]) => [...one.networks].sort().join() === networks);
  const everything = {
    isHost: false,
    carries: 'personal',
    enforced: false,
    from: 'callers',
    when: 'with every call',
  } as const;
  return [
    ...lock.nodes.map(
      ({ name, provider }): NamedFlow => ({
        ...everything,
        id: `nodes/${name}`,
        to: provider === 'generic' ? name : provider,
        data: 'everything that the platform handles',
        why: 'the machine that runs it',
        avoid: 'move the node',
        path: ['nodes', name],
      }),
    ),
    ...(cdn === undefined
      ? []
      : [
          {
            ...everything,
            id: `cdn/${cdn[0]}`,
            to: cdn[1].title,
            data: 'every call and answer, decrypted',
            why: 'it receives the calls in place of the nodes',
            avoid: 'point the DNS at your nodes and remove gateway.trustedProxies',
            path: ['gateway', 'trustedProxies'],
          },
        ]),
    ...(lock.gateway.tlsEndedBy === 'load-balancer'
      ? [
          {
            ...everything,
            id: 'balancer/load-balancer',
            to: "the provider's load balancer",
            data: 'every call and answer, decrypted',
            why: 'it has the certificates',
            avoid: "write gateway.tls.endedBy: 'nginx'",
            path: ['gateway', 'tls', 'endedBy'],
          },
        ]
      : []),
  ];
}

/** Certificates and names. */
export function nameFlows(dist: Dist): NamedFlow[] {
  return [...certificates(dist), ...resolvers(dist), ...proxies(dist)];
}

const letsencrypt = 'acme-v02.api.letsencrypt.org';

function certificates({ nodes }: Dist): NamedFlow[] {
  const node = nodes.find(({ files }) =>
    /^ *certbot certonly /m.test(files.get(places.tlsScript)?.text ?? ''),
  );
  const line = /^ *certbot certonly .*$/m.exec(node?.files.get(places.tlsScript)?.text ?? '')?.[0];
  if (node === undefined || line === undefined) return [];
  const server = / --server '?(\S+?)'? /.exec(line)?.[1];
  const host = server === undefined ? letsencrypt : hostOfUrl(server);
  const hasMail = / --email /.test(line);
  const plugin = / --dns-([a-z0-9]+)/.exec(line)?.[1];
  const artifact = { path: `${node.path}#${places.tlsScript}` };
  const common = { isHost: true, enforced: false, from: 'nodes with nginx', artifact } as const;
  return [
    {
      ...common,
      id: `certificates/${host}`,
      to: host,
      data: `the domains, which certificates publish anyway${hasMail ? '; the address of a person to write to' : ''}`,
      carries: hasMail ? 'yours' : 'request',
      when: 'at the first start, then every 60 days',
      why: 'certificates of nginx',
      avoid: hasMail
        ? 'remove gateway.tls.email, or write gateway.tls.directory or files'
        : 'write gateway.tls.directory or gateway.tls.files',
      path: hasMail ? ['gateway', 'tls', 'email'] : ['gateway', 'tls'],
    },
    ...(plugin === undefined || plugin === 'rfc2136'
      ? []
      : [
          {
            ...common,
            id: `dns-challenge/${plugin}`,
            to: dnsHosts[plugin] ?? plugin,
            data: 'the domains, and the key to their DNS zone',
            carries: 'yours' as const,
            when: 'with each certificate',
            why: 'proof that the domains are yours',
            avoid: 'prove them by port 80, without gateway.tls.dns',
            path: ['gateway', 'tls', 'dns'],
          },
        ]),
  ];
}

/** The programming interface that each plugin of certbot calls. */
const dnsHosts: Readonly<Record<string, string>> = {
  cloudflare: 'api.cloudflare.com',
  digitalocean: 'api.digitalocean.com',
  google: 'dns.googleapis.com',
  linode: 'api.linode.com',
  ovh: 'eu.api.ovh.com',
};

function resolvers({ lock }: Dist): NamedFlow[] {
  const common = {
    from: 'pods, and every node',
    data: 'every name that functions and nodes call, with the time',
    carries: 'yours',
    when: 'with every name that is looked up',
    why: 'names become addresses',
    enforced: false,
    path: ['k3s', 'resolvers'],
  } as const;
  const written = lock.intent.k3s.resolvers;
  if (written === undefined) {
    const avoid = 'write k3s.resolvers';
    return [{ ...common, id: 'dns/machine', to: 'the DNS servers of the machine', isHost: false, avoid }];
  }
  return written.map((host) => ({
    ...common,
    id: `dns/${host}`,
    to: host,
    isHost: true,
    avoid: "remove k3s.resolvers to use the machine's, or write others",
  }));
}

function proxies({ lock }: Dist): NamedFlow[] {
  const hosts = lock.nodes.flatMap(({ name, proxy }) =>
    proxy === undefined ? [] : [{ name, host: hostOfUrl(proxy.url) }],
  );
  return [...new Map(hosts.map((one) => [one.host, one])).values()].map(({ name, host }) => ({
    id: `proxy/${host}`,
    to: host,
    isHost: true,
    from: 'nodes',
    data: 'the names of all hosts that nodes fetch from, and what is fetched without encryption',
    carries: 'request',
    when: 'with every download',
    why: 'the way out of the network',
    avoid: 'give the machine a way out of its own',
    enforced: false,
    path: ['nodes', name, 'proxy', 'url'],
  }));
}

/** Copies, alerts, the Git repository and scripts. */
export function operationFlows({ lock }: Dist): NamedFlow[] {
  const { backups, alerts, git } = lock.intent;
  const message = 'names of nodes and functions, and what is wrong with them';
  const s3Secret = lock.secrets.find(({ namespace }) => namespace === 'kube-system');
  const copies = {
    ...firstServer,
    data: "everything in Kubernetes' store and on the first server's list, encrypted for your recipients",
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
          enforced: true,
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
