import { places } from '../../../platform/nodes/places.ts';
import type { Dist } from '../../dist.ts';
import type { NamedFlow } from '../flow.ts';
import { hostOfUrl } from './software.ts';

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
