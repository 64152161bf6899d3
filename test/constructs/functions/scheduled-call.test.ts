import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { describeWithTool } from '../../conformance/real-tool.ts';
import { platformWith } from '../../platform/edit.ts';
import { emittedObjects, objectIn } from '../emitted-objects.ts';

const schedule = '@daily';
const functions = { pay: { image: 'ghcr.io/acme/pay:1', expose: false, schedule } };
const { spec } = objectIn(emittedObjects(platformWith({ functions })), 'CronJob', 'pay', 'openfaas');
const args: readonly string[] = spec.jobTemplate.spec.template.spec.containers[0]?.args ?? [];

/** Runs the job's own curl against a gateway that begins to listen after a while, and answers as it is told. */
async function run(curl: string, after: number, health: readonly number[], status: number) {
  const calls: string[] = [];
  const server = createServer(({ method, url }, response) => {
    calls.push(`${method} ${url}`);
    const isHealth = url === '/healthz';
    const code = isHealth ? (health[Math.min(calls.length, health.length) - 1] ?? 200) : status;
    response.writeHead(code).end(isHealth ? 'ok' : 'said by the function');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  setTimeout(() => server.listen(port, '127.0.0.1'), after);
  onTestFinished(() => {
    server.close();
  });
  const here = args.map((arg) =>
    arg.replace(/gateway\.openfaas\.svc\.cluster\.local:8080/, `127.0.0.1:${port}`),
  );
  const { code, stdout } = await new Promise<{ code: number; stdout: string }>((resolve) => {
    execFile(curl, here, (error, stdout) => resolve({ code: Number(error?.code ?? 0), stdout }));
  });
  return { code, stdout, calls };
}

describeWithTool('curl', 'a scheduled call', (curl) => {
  it('is made once, when the gateway can be reached', async () => {
    const { code, stdout, calls } = await run(curl, 1500, [200], 200);
    expect([code, stdout]).toEqual([0, 'said by the function']);
    expect(calls).toEqual(['GET /healthz', 'POST /function/pay']);
  });

  it('waits for a gateway that is not ready', async () => {
    const { code, calls } = await run(curl, 0, [503, 503, 200], 202);
    expect(code).toBe(0);
    expect(calls.filter((one) => one.startsWith('POST'))).toEqual(['POST /function/pay']);
  });

  it('is not repeated when the function fails, which the job says', async () => {
    const { code, stdout, calls } = await run(curl, 0, [200], 500);
    expect([code, stdout]).toEqual([22, 'said by the function']);
    expect(calls.filter((one) => one.startsWith('POST'))).toHaveLength(1);
  });
});
