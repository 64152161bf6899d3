import { createWriteStream } from 'node:fs';
import { request as plain } from 'node:http';
import { request as encrypted } from 'node:https';
import process from 'node:process';

// callers.mjs LOG: calls what the JSON array on the first line of standard input names, each at its own pace, whether
// earlier calls have ended or not, until standard input ends. Each ended call is a line of LOG: when it began
// (milliseconds since 1970), how many milliseconds it took, its status or what went wrong, and the caller's name.
const log = createWriteStream(process.argv[2], { flags: 'a' });
const underWayAtMost = 200;

let text = '';
process.stdin.on('data', (chunk) => {
  const began = text.includes('\n');
  text += chunk;
  if (!began && text.includes('\n')) for (const caller of JSON.parse(text.split('\n', 1)[0])) start(caller);
});
process.stdin.on('end', () => process.exit(0));

function start(caller) {
  let underWay = 0;
  setInterval(() => {
    if (underWay >= underWayAtMost) return;
    underWay += 1;
    call(caller, () => {
      underWay -= 1;
    });
  }, caller.every);
}

function call({ name, tls, address, port, domain, path, source, timeout }, ended) {
  const began = Date.now();
  let isOver = false;
  const over = (outcome) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(limit);
    log.write(`${began} ${Date.now() - began} ${String(outcome).replaceAll(/\s/g, '-')} ${name}\n`);
    ended();
  };
  const options = {
    host: address,
    port,
    path,
    agent: false,
    headers: { host: domain },
    ...(source !== undefined && { localAddress: source }),
    // Authorities are not there in a rehearsal: certificates are signed by themselves.
    ...(tls && { servername: domain, rejectUnauthorized: false }),
  };
  const sent = (tls ? encrypted : plain)(options, (response) => {
    response.on('end', () => over(response.complete ? response.statusCode : 'cut'));
    response.on('error', (error) => over(error.code ?? error.message));
    response.resume();
  });
  const limit = setTimeout(() => {
    over('timeout');
    sent.destroy();
  }, timeout);
  sent.on('error', (error) => over(error.code ?? error.message));
  sent.end();
}
