import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realTool } from '../conformance/real-tool.ts';
import { ended } from './child.ts';
import type { Node } from './node.ts';

/** A request as somebody behind nginx has it. */
export interface Run {
  /** The header X-Case that the client sent. */
  readonly case: string;
  /** A function, `direct`, or the first name of a path that is no function's. */
  readonly who: string;
  /** The path that it reads. */
  readonly path: string;
  /** The path with its query as it came. */
  readonly raw: string;
  /** X-Original-Uri, for a function that is asked. */
  readonly original: string;
}

/** What is behind nginx, in a node's network: see openfaas/main.go. */
export interface Openfaas {
  /** What has come from nginx, and what has run, since this was last asked. */
  seen(): Promise<{ arrived: Run[]; ran: Run[] }>;
  stop(): Promise<void>;
}

const control = '127.0.0.1:7999';

/** Builds it with Go, which needs nothing but its own library, and starts it at these addresses, the gateway's first. */
export async function startOpenfaas(node: Node, addresses: readonly string[]): Promise<Openfaas> {
  const directory = mkdtempSync(join(tmpdir(), 'fjord-openfaas-'));
  const program = join(directory, 'openfaas');
  execFileSync(realTool('go') ?? 'go', ['build', '-o', program, 'main.go'], {
    cwd: join(import.meta.dirname, 'openfaas'),
    env: { ...process.env, GOFLAGS: '', GOPROXY: 'off', GOTOOLCHAIN: 'local', CGO_ENABLED: '0' },
  });
  const [enter = '', ...rest] = node.enterNetwork;
  const child = spawn(enter, [...rest, program, control, ...addresses], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', () => reject(new Error('the stand-in for OpenFaaS ended')));
  });
  return {
    seen: async () => {
      const { stdout } = await node.runInNetwork('curl', ['--silent', '--show-error', `http://${control}/`]);
      return JSON.parse(stdout) as { arrived: Run[]; ran: Run[] };
    },
    stop: async () => {
      await ended(child);
      rmSync(directory, { recursive: true });
    },
  };
}
