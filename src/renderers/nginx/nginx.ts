import type { Artifact } from '../../artifacts/artifact.ts';
import { blank, comment, directive, type Statement } from '../../nginx/directive.ts';
import { printConf } from '../../nginx/print.ts';
import { endsAtBalancer } from '../../platform/gateway/balancer.ts';
import { places } from '../../platform/nodes/places.ts';
import type { Platform } from '../../platform/platform.ts';
import { domainsOf } from '../node-files/tls.ts';
import type { Renderer } from '../renderer.ts';
import { authMaps } from './access/auth.ts';
import { corsMaps } from './access/cors.ts';
import { clientZones } from './access/limits.ts';
import { errorMaps } from './answers/errors.ts';
import { hashSizes } from './hashes.ts';
import { headerMaps } from './headers.ts';
import { logFormat, logMaps } from './log.ts';
import { nginxMain } from './main.ts';
import { pathMaps } from './paths.ts';
import {
  catchAllServers,
  functionServer,
  leadingServer,
  platformServer,
  redirectServer,
  statusServer,
} from './servers.ts';
import { said } from './text.ts';
import { balancerMaps } from './tls/balancer.ts';
import { challengeServer, challengeUpstream, challengeZone } from './tls/challenges.ts';
import { callbackMaps } from './upstreams/callbacks.ts';
import { directUpstreams } from './upstreams/direct.ts';
import { gatewayUpstream } from './upstreams/upstreams.ts';
import { websocketMaps } from './upstreams/websocket.ts';

/** The path of each conf on a node, by its path in `dist/`. */
export const nginxPlaces: Readonly<Record<string, string>> = {
  'nginx/nginx.conf': places.nginxMain,
  'nginx/openfaas.conf': places.nginxServers,
};

/** nginx in front of the gateway: a whole nginx.conf, and the conf that it includes. */
export const renderNginx: Renderer = ({ platform, marker }): Artifact[] => [
  {
    path: 'nginx/nginx.conf',
    kind: 'nginx',
    text: printConf(nginxMain(platform, marker)),
    source: ['gateway'],
  },
  {
    path: 'nginx/openfaas.conf',
    kind: 'nginx',
    text: printConf(conf(platform, marker)),
    source: ['gateway'],
  },
];

function conf(platform: Platform, marker: string): Statement[] {
  const { functions, gateway } = platform;
  const balancer = balancerMaps(platform);
  const maps = [
    ...pathMaps(platform),
    ...errorMaps(platform),
    ...authMaps(platform),
    ...corsMaps(platform),
    ...websocketMaps(platform),
    ...headerMaps(platform),
    ...callbackMaps(platform),
  ];
  return [
    comment(marker),
    blank(),
    ...hashSizes(platform, [...balancer, ...maps]),
    gatewayUpstream(platform),
    ...directUpstreams(platform),
    ...challengeUpstream(platform),
    blank(),
    ...realAddress(platform),
    ...balancer,
    ...clientZones(platform),
    ...challengeZone(platform),
    ...maps,
    blank(),
    ...logMaps(platform),
    logFormat,
    blank(),
    comment('Unknown names get nothing.'),
    ...catchAllServers(platform),
    blank(),
    ...unencryptedServers(platform),
    ...[platform.domain, ...gateway.aliases].map((domain) => platformServer(platform, domain)),
    ...functions.flatMap((fn) =>
      fn.http.domains.flatMap((domain) => [blank(), functionServer(platform, domain, fn)]),
    ),
    ...gateway.redirects.flatMap((redirect) => [blank(), leadingServer(platform, redirect)]),
    ...(gateway.statusPort === undefined ? [] : [blank(), statusServer(platform, gateway.statusPort)]),
  ];
}

/** Port 80, if nginx itself ends TLS. */
function unencryptedServers(platform: Platform): Statement[] {
  if (endsAtBalancer(platform.gateway)) return [];
  return [
    comment('Port 80: answers certificate challenges and redirects everything else to HTTPS.'),
    ...domainsOf(platform).map((domain) => redirectServer(platform, domain)),
    ...challengeServer(platform),
    blank(),
  ];
}

/** Takes a client's address from the header that trusted proxies set. */
function realAddress({ gateway }: Platform): Statement[] {
  if (gateway.trustedProxies === undefined) return [];
  const { networks, header, list } = gateway.trustedProxies;
  return [
    ...(list === undefined ? [] : [comment(`${list.title}'s networks as of ${list.asOf}.`)]),
    ...networks.map((network) => directive('set_real_ip_from', said(network))),
    directive('real_ip_header', said(header)),
    directive('real_ip_recursive', 'on'),
    blank(),
  ];
}
