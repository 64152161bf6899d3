import { block, comment, directive, type Statement } from '../../../nginx/directive.ts';
import { challengeAddresses, challengedNodes } from '../../../platform/gateway/challenges.ts';
import { otherPlaces } from '../../../platform/nodes/places.ts';
import type { Platform } from '../../../platform/platform.ts';
import { countedStatus } from '../answers/counted-answers.ts';
import { serverErrors } from '../answers/errors.ts';
import { listenOn } from '../listen.ts';
import { refusePaths } from '../paths.ts';

/** Name of the upstream, and of what belongs to it. */
const shared = 'openfaas_challenges';
/** Zone that limits clients who ask like a node but are not one. */
const asked = 'openfaas_asked';
/** Host name that nodes use to ask each other. It is never in DNS (RFC 6761). */
const amongNodes = 'challenges.invalid';

/**
 * The nodes that may have a challenge: each gets its own certificate. All nodes have the same conf, so a node also asks
 * itself.
 */
export function challengeUpstream(platform: Platform): Statement[] {
  const addresses = challengeAddresses(platform);
  if (addresses.length === 0) return [];
  return [
    block(
      'upstream',
      [shared],
      [
        comment('All nodes, because only one knows a challenge. None is skipped because it was down once.'),
        ...addresses.map((address) => directive('server', `${address}:80`, 'max_fails=0')),
        directive('keepalive', '1'),
      ],
    ),
  ];
}

/** A limit on asking the other nodes, because that costs more than answering from this one. */
export function challengeZone(platform: Platform): Statement[] {
  if (challengeAddresses(platform).length === 0) return [];
  const addresses = challengeAddresses(platform);
  return [
    directive('limit_req_zone', '$openfaas_client', `zone=${shared}:1m`, 'rate=10r/s'),
    comment('Nodes ask for many clients, each of which was already counted.'),
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

/** Locations in each domain's server on port 80: challenges of this node, or else of the others. */
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
        comment('The certificate authority waits ten seconds.'),
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

/** Limits bodies on port 80, so that none is written to disk. Challenges have no body. */
export function challengeBodies(platform: Platform): Statement[] {
  return challengeAddresses(platform).length === 0 ? [] : [directive('client_max_body_size', '1k')];
}

/** The server that the other nodes ask. */
export function challengeServer(platform: Platform): Statement[] {
  if (challengeAddresses(platform).length === 0) return [];
  return [
    comment('For other nodes. It passes nothing on, so requests cannot loop.'),
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
