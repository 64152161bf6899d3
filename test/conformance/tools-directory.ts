import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where `.ci/install-tools` puts what apt does not have, and boot tests keep their image: `FJORD_TOOLS_DIR`. */
export function toolsDirectory(): string {
  return process.env.FJORD_TOOLS_DIR ?? join(homedir(), '.cache', 'fjord-tools');
}
