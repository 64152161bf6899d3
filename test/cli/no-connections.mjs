// Loaded before a program: writes down every attempt to talk to anyone, and lets none through.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import net from 'node:net';

function refuse(what) {
  return () => {
    appendFileSync(process.env.CONNECTIONS_FILE, `${what}\n`);
    throw new Error(`no ${what} here`);
  };
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  // The tool that runs TypeScript talks to its own part by a socket file.
  return typeof options?.path === 'string' ? connect.apply(this, args) : refuse('connection')();
};
dns.lookup = refuse('look-up of a name');
dns.promises.lookup = refuse('look-up of a name');
dgram.createSocket = refuse('datagram');
globalThis.fetch = refuse('fetch');
