import { places } from './places.ts';

/** The secrets with which a machine joins the cluster: `server` to control it, `agent` only to run workloads. */
export type JoinToken = 'server' | 'agent';

/** The placeholder of each token in `dist/`, and the environment variable that holds the token. */
export const joinTokens: Readonly<
  Record<JoinToken, { placeholder: string; variable: string; file: string }>
> = {
  server: {
    placeholder: '@FJORD_SERVER_TOKEN@',
    variable: 'FJORD_SERVER_TOKEN',
    file: places.serverToken,
  },
  agent: {
    placeholder: '@FJORD_AGENT_TOKEN@',
    variable: 'FJORD_AGENT_TOKEN',
    file: places.agentToken,
  },
};

/** The longest token that there may be, in bytes: K3s' full form with a password of 64, and room. */
export const longestToken = 160;

/** The tokens that a user-data has a place for, in the order of `joinTokens`. */
export function tokensIn(userData: string): JoinToken[] {
  return (['server', 'agent'] as const).filter((token) => userData.includes(joinTokens[token].placeholder));
}

/** The bytes of a user-data when each placeholder has become the longest token that it can. */
export function finalSize(userData: string): number {
  const longer = tokensIn(userData).map((token) => longestToken - joinTokens[token].placeholder.length);
  return longer.reduce((size, more) => size + more, Buffer.byteLength(userData));
}
