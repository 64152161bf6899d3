import { type JoinToken, joinTokens } from '../../platform/nodes/join-tokens.ts';
import type { GivenToken } from './join-token.ts';

/**
 * The user-data with its tokens. A node that joins gets a token in the form that it was given in, which in the full
 * form lets it know the cluster; what makes a token must be the password alone.
 *
 * @param joins whether the node joins others; the first server does not
 */
export function fillTokens(
  userData: string,
  role: JoinToken,
  joins: boolean,
  tokens: ReadonlyMap<JoinToken, GivenToken>,
): string {
  let text = userData;
  for (const [kind, { password, full }] of tokens) {
    const isOwn = kind === role && joins;
    text = text.replace(joinTokens[kind].placeholder, () => (isOwn ? (full ?? password) : password));
  }
  return text;
}
