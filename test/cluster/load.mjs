import { request } from 'node:https';
import process from 'node:process';

// load.mjs ADDRESS HOST PATH RATE SECONDS CUSTOMERS METHOD PATIENCE: calls by https, RATE a second in even steps, each on a
// connection of its own and from the next of CUSTOMERS addresses; waits for the last answer, PATIENCE seconds for each, and
// prints what came of all as JSON. Its end comes earlier with that of standard input.
const [, , address, host, path, rate, seconds, customers, method, patience] = process.argv;
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
let isOver = false;
const end = () => {
  clearInterval(timer);
  isOver = true;
};
setTimeout(end, Number(seconds) * 1000);
process.stdin.on('end', end).resume();
setInterval(() => {
  if (!isOver || open > 0) return;
  process.stdout.write(JSON.stringify({ sent, results, lost: lost.slice(0, 200), away: away() }), () =>
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
    ...{ host: address, port: 443, servername: host, path, method, headers: { host }, agent: false },
    ...{ timeout: Number(patience) * 1000 },
    ...{ rejectUnauthorized: false, localAddress: `198.51.100.${1 + (sent % Number(customers))}` },
  };
  let over = false;
  const done = (result) => {
    if (over) return;
    over = true;
    open -= 1;
    results[result] = (results[result] ?? 0) + 1;
    if (result < 300) good.push(Number(at));
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
