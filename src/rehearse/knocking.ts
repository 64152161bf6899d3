import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { webPorts } from '../platform/gateway/balancer.ts';
import type { Machine } from './machine.ts';
import type { Stage } from './stage.ts';

const script = fileURLToPath(new URL('../../rehearsal/world/knock.mjs', import.meta.url));

/**
 * Knocks at nginx' ports of a machine while something happens to it, 100 times a second. A port that is closed for a
 * moment loses calls on a busy platform, but the few callers of a rehearsal can miss that moment.
 *
 * @throws if a port was closed
 */
export async function whileOpen<T>(
  { world, platform }: Stage,
  machine: Machine,
  happens: () => Promise<T>,
): Promise<T> {
  const listens = platform.nodes.some(({ name, nginx }) => nginx && name === machine.name);
  const knocking = (listens ? webPorts(platform.gateway) : []).map((port) => {
    const command = [process.execPath, script, machine.address, String(port)];
    return { port, child: world.spawn(command, ['pipe', 'pipe', 'ignore']) };
  });
  const said = knocking.map(({ child }) => (child.stdout === null ? '' : text(child.stdout)));
  const result = await happens().finally(() => {
    for (const { child } of knocking) child.stdin?.end();
  });
  for (const [index, { port }] of knocking.entries()) {
    const [knocks = '', refused = ''] = ((await said[index]) ?? '').trim().split(' ');
    if (refused !== '0') {
      throw new Error(`port ${port} of ${machine.name} was closed to ${refused} of ${knocks} connections`);
    }
  }
  return result;
}
