import { createServer } from 'node:net';
import process from 'node:process';

// listen.mjs ADDRESS PORT...: listens on those of the ports that nobody has yet, and hangs up on who comes.
const [, , host, ...ports] = process.argv;
for (const port of ports) {
  const server = createServer((socket) => socket.destroy());
  server.on('error', () => {});
  server.listen({ host, port: Number(port) });
}
