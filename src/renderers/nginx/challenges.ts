import { block, comment, directive, type Statement } from '../../nginx/directive.ts';
import { challengeAddresses, challengedNodes } from '../../platform/gateway/challenges.ts';
import { otherPlaces } from '../../platform/nodes/places.ts';
import type { Platform } from '../../platform/platform.ts';
import { countedStatus } from './counted-answers.ts';
import { serverErrors } from './errors.ts';
import { listenOn } from './listen.ts';
import { refusePaths } from './paths.ts';

/** The upstream, and what else belongs to it. */
const shared = 'openfaas_challenges';
/** Counts those who ask as a node does, and are none. */
const asked = 'openfaas_asked';
/** What nodes call each other when they ask. No DNS has it: RFC 6761. */
const amongNodes = 'challenges.invalid';

/**
 * The nodes that may have a challenge, each of which gets its certificate by itself. There is one conf for all of them,
 * so a node is among those that it asks.
 */
export function challengeUpstream(platform: Platform): Statement[] {
  const addresses = challengeAddresses(platform);
  if (addresses.length === 0) return [];
  return [
    block(
      'upstream',
      [shared],
      [
        comment(
          'The nodes: a challenge is known to the one that asked for it. None is passed over for being away once.',
        ),
        ...addresses.map((address) => directive('server', `${address}:80`, 'max_fails=0')),
        directive('keepalive', '1'),
      ],
    ),
  ];
}

/** Asking the other nodes costs more than an answer of one's own, so there is a limit to it. */
export function challengeZone(platform: Platform): Statement[] {
  if (challengeAddresses(platform).length === 0) return [];
  const addresses = challengeAddresses(platform);
  return [
    directive('limit_req_zone', '$openfaas_client', `zone=${shared}:1m`, 'rate=10r/s'),
    comment('Nodes ask each other on behalf of many clients, each of which has been counted.'),
    block(
      'geo',
      ['$openfaas_is_node'],
      [directive('default', '0'), ...addresses.map((address) => directive(address, '1'))],
    ),
    block(
      'map',
      ['$openfaas_is_node', '$openfaas_asker'],
      [directive('default', '$openfaas_client'), directive('1', '')],
    ),
    directive('limit_req_zone', '$openfaas_asker', `zone=${asked}:1m`, 'rate=10r/s'),
  ];
}

/** In each domain's server of port 80: challenges that this node has, or one of the others. */
export function challengeLocations(platform: Platform): Statement[] {
  if (challengedNodes(platform).length === 0) return [];
  if (challengeAddresses(platform).length === 0) return [challengesHere('=404')];
  return [
    challengesHere(`@${shared}`),
    block(
      'location',
      [`@${shared}`],
      [
        directive('limit_req', `zone=${shared}`, 'burst=20', 'nodelay'),
        directive('limit_req_status', '429'),
        directive('limit_req_log_level', 'notice'),
        directive('proxy_http_version', '1.1'),
        directive('proxy_set_header', 'Host', amongNodes),
        directive('proxy_set_header', 'Connection', ''),
        comment('The authority waits ten seconds.'),
        directive('proxy_connect_timeout', '1s'),
        directive('proxy_send_timeout', '2s'),
        directive('proxy_read_timeout', '2s'),
        directive('proxy_next_upstream', 'error', 'timeout', 'http_404'),
        directive('proxy_next_upstream_timeout', '8s'),
        directive('proxy_pass', `http://${shared}`),
      ],
    ),
  ];
}

/** What a server of port 80 takes of a request: challenges have no body, and none is to be written to disk. */
export function challengeBodies(platform: Platform): Statement[] {
  return challengeAddresses(platform).length === 0 ? [] : [directive('client_max_body_size', '1k')];
}

/** Where the other nodes ask. */
export function challengeServer(platform: Platform): Statement[] {
  if (challengeAddresses(platform).length === 0) return [];
  return [
    comment('Asked by another node. It passes nothing on, so no challenge goes round in circles.'),
    block(
      'server',
      [],
      [
        ...listenOn(platform, 80),
        directive('server_name', amongNodes),
        directive('server_tokens', 'off'),
        directive('access_log', 'off'),
        refusePaths(),
        ...serverErrors(platform, [], false, false),
        directive('limit_req', `zone=${asked}`, 'burst=20', 'nodelay'),
        directive('limit_req_status', '429'),
        directive('limit_req_log_level', 'notice'),
        directive('limit_conn', 'openfaas_conn', String(platform.gateway.connectionLimit)),
        challengesHere('=404'),
        block('location', ['/'], [countedStatus(404)]),
      ],
    ),
  ];
}

function challengesHere(otherwise: string): Statement {
  return block(
    'location',
    ['^~', '/.well-known/acme-challenge/'],
    [
      directive('root', otherPlaces.challenges),
      directive('default_type', 'text/plain'),
      directive('try_files', '$uri', otherwise),
    ],
  );
}
