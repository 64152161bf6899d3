import { connect } from 'node:net';
import process from 'node:process';

// knock.mjs ADDRESS PORT: connects 100 times a second, and says nothing, until standard input ends. Then it prints how often
// it has, and how often nobody listened.
const [host, port] = process.argv.slice(2);
let [knocks, refused] = [0, 0];

const knocking = setInterval(() => {
  knocks += 1;
  const socket = connect({ host, port: Number(port) });
  socket.setTimeout(2000, () => socket.destroy());
  socket.on('connect', () => socket.destroy());
  socket.on('error', ({ code }) => {
    if (code === 'ECONNREFUSED') refused += 1;
  });
}, 10);

process.stdin.resume().on('end', () => {
  clearInterval(knocking);
  process.stdout.write(`${knocks} ${refused}\n`);
  process.exit(0);
});
