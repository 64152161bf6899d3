import type { Statement } from '../../nginx/directive.ts';
import { directivesBelow, directivesIn } from '../../nginx/find.ts';
import type { Dist } from '../dist.ts';
import { passesOnlyChallenges } from './challenges.ts';

/** For how long nginx waits for what is behind it, as it is written. */
export interface NginxWaits {
  /** Of each server that passes something on, for whatever in it says nothing itself. */
  readonly servers: readonly (string | undefined)[];
  /** Of locations of single functions that say something themselves. */
  readonly functions: readonly { readonly name: string; readonly wait: string | undefined }[];
}

export function nginxWaits({ nginx }: Dist): NginxWaits {
  const servers = nginx
    .flatMap(({ statements }) => directivesBelow(statements, 'server'))
    .map(({ block = [] }) => block)
    .filter((block) => !passesOnlyChallenges(block));
  const locations = servers.flatMap((block) => directivesIn(block, 'location'));
  return {
    servers: servers.map(waitIn),
    functions: locations.flatMap(({ args, block = [] }) => {
      const name = /^\/function\/([^/]+)\/?$/.exec(args.at(-1) ?? '')?.[1];
      const wait = waitIn(block);
      return name === undefined || wait === undefined ? [] : [{ name, wait }];
    }),
  };
}

function waitIn(block: readonly Statement[]): string | undefined {
  return directivesIn(block, 'proxy_read_timeout')[0]?.args[0];
}
