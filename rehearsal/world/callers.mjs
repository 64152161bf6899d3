import { createWriteStream } from 'node:fs';
import { request as plain } from 'node:http';
import { request as encrypted } from 'node:https';
import process from 'node:process';
import { createInterface } from 'node:readline';

// callers.mjs LOG: calls what the JSON array on the last line of standard input names, each at its own pace, whether earlier
// calls have ended or not, until standard input ends. Who is in the next line as well goes on undisturbed. Each ended call
// is a line of LOG: when it began (milliseconds since 1970), how many milliseconds it took, its status or what went wrong,
// and the caller's name.
const log = createWriteStream(process.argv[2], { flags: 'a' });
const underWayAtMost = 200;

/** The timers of those who call, by what they call. */
const calling = new Map();

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const callers = new Map(JSON.parse(line).map((caller) => [JSON.stringify(caller), caller]));
    for (const [key, timer] of calling) {
      if (callers.has(key)) continue;
      clearInterval(timer);
      calling.delete(key);
    }
    for (const [key, caller] of callers) if (!calling.has(key)) calling.set(key, start(caller));
  })
  .on('close', () => process.exit(0));

function start(caller) {
  let underWay = 0;
  return setInterval(() => {
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
