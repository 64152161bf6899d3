import { createServer } from 'node:net';
import process from 'node:process';

// listen.mjs PORT...: listens on those of the ports that nobody has yet, and hangs up on who comes.
for (const port of process.argv.slice(2)) {
  const server = createServer((socket) => socket.destroy());
  server.on('error', () => {});
  server.listen({ host: '0.0.0.0', port: Number(port) });
}
