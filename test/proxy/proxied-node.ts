import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { runTool, type ToolRun } from '../conformance/run-tool.ts';
import { startNode } from '../gateway/node.ts';
import { type NodeFile, nodeFilesOf } from '../gateway/node-files.ts';

/** A node in a network of its own, without a way outside except a proxy. */
export interface ProxiedNode {
  readonly script: string;
  /** Runs commands on the node, with the certificate authority of the hosts behind the proxy known to curl and Python. */
  run(commands: string): Promise<ToolRun>;
  /** The requests that came to the proxy, and past it, since this was last called. */
  seen(): string[];
}

const file = (path: string, text: string, permissions = '0755'): NodeFile => ({ path, text, permissions });

/** Starts the only node of a platform with its emitted files, and the proxy beside it. */
export async function startProxiedNode(
  config: PlatformConfig,
  hosts: readonly string[],
  files: readonly NodeFile[],
): Promise<ProxiedNode> {
  const { artifacts, diagnostics } = compileConfig(config, 'platform.config.ts');
  const script = artifacts.find(({ path }) => path.endsWith('/apply.sh'))?.text;
  if (hasErrors(diagnostics) || script === undefined) throw new Error(JSON.stringify(diagnostics));

  const directory = mkdtempSync(join(tmpdir(), 'fjord-proxy-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const names = hosts.map((name) => `DNS:${name}`).join(',');
  const certificate = ['-subj', '/CN=hosts', '-addext', `subjectAltName=${names}`, '-days', '2'];
  const keys = ['-keyout', join(directory, 'tls.key'), '-out', join(directory, 'tls.crt')];
  runTool('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-noenc', ...certificate, ...keys]);
  const log = join(directory, 'log');
  writeFileSync(log, '');

  const node = await startNode(
    [
      ...nodeFilesOf(script),
      file('/etc/hosts', '127.0.0.1 localhost proxy.corp.example mirror.corp.example\n', '0644'),
      file('/usr/share/ca.crt', readFileSync(join(directory, 'tls.crt'), 'utf8'), '0644'),
      ...files,
    ],
    [],
  );
  onTestFinished(() => node.stop());
  const [tool = '', ...args] = node.enterNetwork;
  const proxy = spawn(
    tool,
    [...args, process.execPath, join(import.meta.dirname, 'stand-in-proxy.mjs'), directory],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void proxy.kill());
  await new Promise((resolve) => proxy.stdout.once('data', resolve));
  return {
    script,
    run: (commands) =>
      node.run(
        `unset http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY
        export CURL_CA_BUNDLE=/usr/share/ca.crt REQUESTS_CA_BUNDLE=/usr/share/ca.crt\n${commands}`,
      ),
    seen: () => {
      const lines = readFileSync(log, 'utf8').trimEnd().split('\n').filter(Boolean);
      writeFileSync(log, '');
      return lines;
    },
  };
}
