import { type JoinToken, longestToken } from '../../platform/nodes/join-tokens.ts';

/** A token as the user gave it. */
export interface GivenToken {
  /** The secret that creates the cluster; also the last part of the full form. */
  readonly password: string;
  /** `K10`, the hash of the cluster's certificate authority, the user, and the password; undefined if only the password was given. */
  readonly full: string | undefined;
}

/** The users in the full form of tokens. */
const owners = { server: 'server', agent: 'node' };

/** Reads a token in either of K3s' forms, or describes its problem without showing the token. */
export function readJoinToken(kind: JoinToken, text: string): GivenToken | { readonly problem: string } {
  const [, owner, password = text] = /^K10[0-9a-f]{64}::([a-z]+):(.*)$/s.exec(text) ?? [];
  if (owner !== undefined && owner !== owners[kind]) {
    return { problem: `is a token of '${owner}', but must be a token of '${owners[kind]}'` };
  }
  if (owner === undefined && text.startsWith('K10')) {
    return {
      problem: 'begins like a full token, but is not of the form K10<64 hex digits>::<user>:<password>',
    };
  }
  if (!/^[A-Za-z0-9._~+/=-]*$/.test(password)) {
    return { problem: 'has characters other than letters, digits and . _ ~ + / = -' };
  }
  if (password.length < 16) return { problem: 'is shorter than 16 characters' };
  if (text.length > longestToken) return { problem: `is longer than ${longestToken} characters` };
  return { password, full: owner === undefined ? undefined : text };
}
