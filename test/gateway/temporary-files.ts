import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningGateway } from './running-gateway.ts';

/**
 * The directories where nginx makes temporary files, with the last time that something was made or removed in them.
 * What is the same before and after something means that no file was there in between, however shortly.
 */
export function temporaryDirectories({ node }: RunningGateway): Record<string, bigint> {
  const root = node.file('/var/lib/nginx');
  const directories = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const places = [root, ...directories.map(({ parentPath, name }) => join(parentPath, name))];
  return Object.fromEntries(places.sort().map((place) => [place, statSync(place, { bigint: true }).mtimeNs]));
}
