import { request } from 'node:https';
import process from 'node:process';

// load.mjs ADDRESS HOST PATH RATE SECONDS CUSTOMERS: calls by https, RATE a second in even steps, each on a connection of its
// own and from the next of CUSTOMERS addresses; waits for the last answer, and prints what came of all as JSON.
const [, , address, host, path, rate, seconds, customers] = process.argv;
const results = {};
const lost = [];
const good = [];
const began = Date.now();
let sent = 0;
let open = 0;

const timer = setInterval(() => {
  const due = Math.floor(((Date.now() - began) / 1000) * Number(rate));
  while (sent < due) call();
}, 10);
setTimeout(() => clearInterval(timer), Number(seconds) * 1000);
setInterval(() => {
  if (Date.now() - began < Number(seconds) * 1000 || open > 0) return;
  process.stdout.write(JSON.stringify({ sent, results, lost: lost.slice(0, 20), away: away() }), () =>
    process.exit(),
  );
}, 50);

// The longest time between two calls that were answered.
function away() {
  const times = [0, ...good, Number(seconds)].sort((a, b) => a - b);
  return Math.max(...times.slice(1).map((time, index) => time - times[index]));
}

function call() {
  const at = ((Date.now() - began) / 1000).toFixed(2);
  sent += 1;
  open += 1;
  const options = {
    ...{ host: address, port: 443, servername: host, path, headers: { host }, timeout: 30_000, agent: false },
    ...{ rejectUnauthorized: false, localAddress: `198.51.100.${1 + (sent % Number(customers))}` },
  };
  let over = false;
  const done = (result) => {
    if (over) return;
    over = true;
    open -= 1;
    results[result] = (results[result] ?? 0) + 1;
    if (result === 200) good.push(Number(at));
    else lost.push([at, result]);
  };
  const sending = request(options, (response) => {
    response.resume();
    response.on('end', () => done(response.statusCode));
    response.on('error', (error) => done(error.code));
  });
  sending.on('timeout', () => sending.destroy(new Error('timeout')));
  sending.on('error', (error) => done(error.code ?? error.message));
  sending.end();
}
