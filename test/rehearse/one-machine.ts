import { join } from 'node:path';
import process from 'node:process';
import { Machine } from '../../src/rehearse/machine.ts';
import { takePlace } from '../../src/rehearse/place.ts';
import { watchStarters } from '../../src/rehearse/starters.ts';
import { World } from '../../src/rehearse/world.ts';

// one-machine.ts TOOLS DISK: starts a machine, says so with its number, and waits for Ctrl-C. Exits with 3 if another one does.
const [, , tools = '', disk = ''] = process.argv;
const place = takePlace(tools);
if (typeof place === 'number') process.exit(3);
const { directory } = place;
const world = new World({ mirror: directory, installer: directory, k3s: directory });
const machine = new Machine({
  name: 'node-1',
  userData: '#cloud-config\n',
  address: '10.20.0.11',
  disk,
  parts: '/nonexistent',
  directory: join(directory, 'node-1'),
  world,
});
const end = async () => {
  await machine.remove();
  world.stop();
  place.leave();
  process.exit(130);
};
process.on('SIGINT', end).on('SIGTERM', end);
watchStarters(end);
await machine.start();
process.stdout.write(`started ${process.pid}\n`);
setInterval(() => {}, 1000);
