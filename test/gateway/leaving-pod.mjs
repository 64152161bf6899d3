import { Agent, createServer, request } from 'node:http';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

const [, , role, address] = process.argv;
if (role === 'pod') pod();
else load();

/** Answers after a second at most, and never closes a connection by itself. */
function pod() {
  const server = createServer(async (_, response) => {
    await wait(Math.random() * 1000);
    response.end('ok');
  });
  server.keepAliveTimeout = 600_000;
  server.listen(8080, address);
}

/** Forty callers, each of which calls again as soon as it has its answer. Says on SIGINT what came of it. */
function load() {
  const agent = new Agent({ keepAlive: true });
  const counts = { calls: 0, lost: 0 };
  let ends = false;
  const call = () =>
    new Promise((resolve) => {
      // nginx makes no call twice that may have been made; of those that only read it does.
      const call = request({ agent, method: 'POST', host: '127.0.0.1', port: 8000 }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode === 200));
      });
      call.on('error', () => resolve(false));
      call.end();
    });
  const caller = async () => {
    while (!ends) {
      const answered = await call();
      counts.calls += 1;
      if (!answered) counts.lost += 1;
    }
  };
  process.on('SIGINT', () => {
    ends = true;
  });
  Promise.all(Array.from({ length: 40 }, caller)).then(() => {
    process.stdout.write(`${JSON.stringify(counts)}\n`);
    process.exit(0);
  });
}
