import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RunningNginx {
  /** The body that it answers to a GET. */
  readonly get: (path: string) => Promise<Buffer>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts nginx as one process, in a directory of its own, with the given statements in its `server {}`, listening on
 * a socket file.
 */
export async function startNginx(nginx: string, server: string): Promise<RunningNginx> {
  const directory = mkdtempSync(join(tmpdir(), 'fjord-nginx-'));
  const socketPath = join(directory, 'http.sock');
  const child = spawn(nginx, argumentsFor(directory, wrap(directory, socketPath, server)), {
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));

  while (!(await accepts(socketPath))) {
    if (child.exitCode !== null) throw new Error(readFileSync(join(directory, 'error.log'), 'utf8'));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return {
    get: (path) => get(socketPath, path),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(directory, { recursive: true });
    },
  };
}

/** What nginx says against a whole conf, or `undefined` when it takes it. */
export function refusal(nginx: string, conf: string): string | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'fjord-nginx-'));
  const { status, stderr } = spawnSync(nginx, ['-t', ...argumentsFor(directory, conf)], { encoding: 'utf8' });
  rmSync(directory, { recursive: true });
  return status === 0 ? undefined : stderr;
}

function argumentsFor(directory: string, conf: string): string[] {
  const file = join(directory, 'nginx.conf');
  writeFileSync(file, conf);
  return ['-p', directory, '-c', file, '-e', join(directory, 'error.log')];
}

function wrap(directory: string, socketPath: string, server: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${directory}/${name};`)
    .join('\n');
  return `daemon off;
master_process off;
pid ${directory}/nginx.pid;
events {}
http {
access_log off;
${temporary}
server {
listen unix:${socketPath};
${server}
}
}
`;
}

function accepts(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function get(socketPath: string, path: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () => resolve(Buffer.concat(chunks)));
      response.once('error', reject);
    });
    sent.once('error', reject);
    sent.end();
  });
}
