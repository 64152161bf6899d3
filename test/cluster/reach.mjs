import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import process from 'node:process';

// reach.mjs ADDRESS FRAMES TARGET...: which TCP targets (10.0.0.1:80) can be reached from ADDRESS, a list of true and false; and sends
// FRAMES frames of flannel's network to each UDP target (10.0.0.1:8472/udp), which says nothing.
const [, , from, frames, ...targets] = process.argv;
const tries = 3;
const patience = 2000;

const localAddress = from === 'any' ? undefined : from;

function once(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port, localAddress });
    const done = (reached) => {
      socket.destroy();
      resolve(reached);
    };
    socket.setTimeout(patience, () => done(false));
    socket.on('connect', () => done(true));
    socket.on('error', () => done(false));
  });
}

// A machine with much to do may be late, and a filter that has just heard of a pod too: only a refusal is tried again.
async function reaches(target) {
  const [host, port] = target.split(':');
  for (let time = 0; time < tries; time += 1) {
    if (await once(host, Number(port))) return true;
  }
  return false;
}

// An Ethernet frame of a kind that nobody takes, in VXLAN's header for network 1: the kernel counts it as dropped.
const header = Buffer.from('0800000000000100', 'hex');
const frame = Buffer.concat([header, Buffer.from('ffffffffffff02000000000188b5', 'hex'), Buffer.alloc(46)]);

async function inject(target) {
  const [host, port] = target.replace('/udp', '').split(':');
  const socket = createSocket('udp4');
  socket.on('error', () => {});
  await new Promise((resolve) => socket.bind({ address: localAddress ?? '0.0.0.0' }, resolve));
  for (let sent = 0; sent < Number(frames); sent += 1) {
    await new Promise((resolve) => socket.send(frame, Number(port), host, () => resolve()));
  }
  socket.close();
}

const answers = await Promise.all(targets.map((one) => (one.endsWith('/udp') ? inject(one) : reaches(one))));
process.stdout.write(JSON.stringify(answers));
