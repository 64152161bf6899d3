import { places } from '../../src/platform/nodes/places.ts';
import type { Machine } from '../../src/rehearse/machine.ts';

/** How often a server's K3s has applied the platform's manifests. */
function applications(server: Machine): number {
  const { stdout } = server.run(...k3sLog, `Applied manifest at ${places.manifests}`);
  return stdout.split('\n').filter((line) => line !== '').length;
}

/** Lays other manifests on a server, and returns once K3s, which looks for them every 15 seconds, has applied them. */
export async function untilApplied(server: Machine, lay: () => Promise<void> | void): Promise<void> {
  const before = applications(server);
  await lay();
  await server
    .until('application by K3s', 180, () => applications(server) > before)
    .catch((error: unknown) => {
      throw new Error(`${error}\n${server.run(...k3sLog, 'Failed to process', '--lines', '5').stdout}`);
    });
}

const k3sLog = ['journalctl', '--unit', 'k3s', '--output', 'cat', '--grep'] as const;
