import { type Directive, isDirective, type Statement } from '../../nginx/directive.ts';
import { directivesBelow, directivesIn } from '../../nginx/find.ts';
import type { Lock } from '../dist.ts';

/** The upstream by which nodes ask each other for challenges of the certificate authority. */
export const challengeUpstream = 'openfaas_challenges';

/** Whether a server passes nothing but challenges on, and so waits for no function. */
export function passesOnlyChallenges(server: readonly Statement[]): boolean {
  return directivesBelow(server, 'proxy_pass').every(({ args }) => args[0] === `http://${challengeUpstream}`);
}

/** Where each node with nginx is asked for challenges; `undefined` for one whose address is not known. */
export function challengePlaces({ nodes }: Lock): { name: string; place: string | undefined }[] {
  return nodes
    .filter(({ nginx }) => nginx)
    .map(({ name, addresses: [address], externalAddress = address }) => ({
      name,
      place: externalAddress && `${externalAddress}:80`,
    }));
}

/** The locations of a conf in which challenges are answered. */
export function challengeLocations(statements: readonly Statement[]): Directive[] {
  return directivesBelow(statements, 'location').filter(
    ({ block = [] }) => directivesIn(block, 'root').length > 0,
  );
}

/** What nodes call each other when they ask for challenges; no DNS has it (RFC 6761). */
const amongNodes = 'challenges.invalid';

/** A conf without what nodes have among themselves: nobody else is answered there, and `challengesPassedOn` judges it. */
export function withoutChallenges(statements: readonly Statement[]): Statement[] {
  return statements.flatMap((statement) => {
    if (!isDirective(statement) || statement.block === undefined) return [statement];
    const { directive: name, args, block } = statement;
    const aside =
      (name === 'location' && args[0] === `@${challengeUpstream}`) ||
      (name === 'server' &&
        directivesIn(block, 'server_name').some(({ args }) => args.join(' ') === amongNodes) &&
        directivesBelow(block, 'proxy_pass').length === 0);
    return aside ? [] : [{ ...statement, block: withoutChallenges(block) }];
  });
}
