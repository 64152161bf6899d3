import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { directivesBelow, directivesIn } from '../../../nginx/find.ts';
import type { ConfFile, Dist, Lock } from '../../dist.ts';
import {
  challengeLocations,
  challengePlaces,
  challengeUpstream,
  withoutChallenges,
} from '../../nginx/challenges.ts';
import type { Rule } from '../rule.ts';

/**
 * Where several nodes each wait for a challenge, it finds its node wherever it comes in: every other one is asked, and
 * under a name that passes nothing on, so that nothing goes round in circles.
 */
export const challengesPassedOn: Rule = {
  name: 'challenges-passed-on',
  harm: 'reachability',
  loss: 'The certificate authority would not find its challenge, so a certificate could not be made or renewed.',
  check: ({ nginx, lock }: Dist) => nginx.flatMap((conf) => [...notAsked(conf, lock), ...inCircles(conf)]),
};

function notAsked({ path, statements }: ConfFile, lock: Lock): Diagnostic[] {
  const places = challengePlaces(lock);
  const locations = challengeLocations(withoutChallenges(statements));
  if (locations.length === 0 || places.length < 2) return [];
  const isAsked = locations.every(({ block = [] }) =>
    directivesIn(block, 'try_files').some(({ args }) => args.at(-1) === `@${challengeUpstream}`),
  );
  const asked = directivesBelow(statements, 'upstream')
    .filter(({ args }) => isAsked && args[0] === challengeUpstream)
    .flatMap(({ block = [] }) => directivesIn(block, 'server'))
    .map(({ args }) => args[0]);
  return places
    .filter(({ place }) => place !== undefined && !asked.includes(place))
    .map(({ name }) => report('verify/challenge-not-passed-on', [], { node: name }, { artifact: { path } }));
}

function inCircles({ path, statements }: ConfFile): Diagnostic[] {
  const servers = directivesBelow(statements, 'server').map(({ block = [] }) => block);
  const passing = directivesBelow(statements, 'location').filter(({ block = [] }) =>
    directivesIn(block, 'proxy_pass').some(({ args }) => args[0] === `http://${challengeUpstream}`),
  );
  return passing.flatMap(({ block = [], line }) => {
    const host = directivesIn(block, 'proxy_set_header').find(({ args }) => args[0] === 'Host')?.args[1];
    const named = servers.filter((server) =>
      directivesIn(server, 'server_name').some(({ args }) => args.includes(host ?? '')),
    );
    const ends =
      named.length > 0 && named.every((server) => directivesBelow(server, 'proxy_pass').length === 0);
    if (ends) return [];
    const at = { artifact: { path, ...(line && { line }) } };
    return [report('verify/challenges-in-circles', [], { host: host ?? '$proxy_host' }, at)];
  });
}
