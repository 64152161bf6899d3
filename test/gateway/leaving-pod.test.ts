import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { parse } from 'yaml';
import { compileConfig } from '../../src/compile.ts';
import { platformWith } from '../platform/edit.ts';
import { describeGateway } from './describe-gateway.ts';

vi.setConfig({ testTimeout: 180_000 });

const { artifacts } = compileConfig(
  platformWith({ functions: { pay: { image: 'ghcr.io/acme/pay:1', timeout: '1s' } } }),
  'platform.config.ts',
);
const textOf = (path: string) => artifacts.find((artifact) => artifact.path === path)?.text ?? '';
const upstream = /^upstream openfaas_gateway \{[\s\S]*?^\}/m.exec(textOf('nginx/openfaas.conf'))?.[0] ?? '';
/** As it was before connections had an end. */
const endless = upstream
  .replace(/keepalive_time .*/, '')
  .replace(/keepalive_timeout .*/, 'keepalive_timeout 1s;');

function sleepOfGateway(): number {
  const deployment = textOf('manifests/50-gateway.yaml')
    .split(/^---\n/m)
    .map((text) => parse(text))
    .find(({ kind }) => kind === 'Deployment');
  return deployment.spec.template.spec.containers[0].lifecycle.preStop.sleep.seconds;
}

/** What a rollout of the gateway costs with this upstream, when its pod sleeps for so long. */
function rollout(block: string, sleep: number): Promise<{ calls: number; lost: number }> {
  const directory = mkdtempSync(join(tmpdir(), 'fjord-leaving-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  mkdirSync(join(directory, 'logs'));
  writeFileSync(
    join(directory, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${directory}/pid; events {}
http {
  access_log off;
  client_body_temp_path ${directory}; proxy_temp_path ${directory}; fastcgi_temp_path ${directory};
  uwsgi_temp_path ${directory}; scgi_temp_path ${directory};
  ${block}
  server {
    listen 127.0.0.1:8000;
    location / { proxy_pass http://openfaas_gateway; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}
`,
  );
  const script = new URL('leaving-pod.sh', import.meta.url).pathname;
  const namespaces = ['--net', '--pid', '--mount-proc', '--fork', '--kill-child'];
  const child = spawn('unshare', [...namespaces, script, directory, String(sleep)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.on('exit', (code) =>
      code === 0 ? resolve(JSON.parse(said)) : reject(new Error(`${code}: ${said}`)),
    );
  });
}

describeGateway(
  'a pod of the gateway that leaves',
  () => {
    it('loses no call, by its sleep and by the end that connections to it have', async () => {
      const [cut, short, whole] = await Promise.all([
        rollout(endless, 0),
        rollout(endless, 10),
        rollout(upstream, sleepOfGateway()),
      ]);
      process.stdout.write(`calls lost: ${JSON.stringify({ cut, short, whole })}\n`);
      expect(whole.lost).toBe(0);
      expect(whole.calls).toBeGreaterThan(500);
      // Without either it does, so the test could have seen it.
      expect(cut.lost).toBeGreaterThan(0);
      expect(short.lost).toBeGreaterThan(0);
    });
  },
  'nft',
  'node',
);
