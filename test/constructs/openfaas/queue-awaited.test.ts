import { execFile } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { describeWithTool } from '../../conformance/real-tool.ts';
import { platformWith } from '../../platform/edit.ts';
import { emittedObjects, objectIn } from '../emitted-objects.ts';

const objects = emittedObjects(platformWith({ openfaas: { licence: 'personal', async: true } }));
const worker = objectIn(objects, 'Deployment', 'queue-worker', 'openfaas');
const args: readonly string[] = worker.spec.template.spec.initContainers?.[0]?.args ?? [];

/** As NATS 2.9 does (read from nats-streaming 0.25.6): it greets, and hangs up on what is none of its commands. */
async function nats(): Promise<{ port: number; later: () => void }> {
  const server = createServer((socket) => {
    socket.write('INFO {"server_id":"N","version":"2.9.24","proto":1,"max_payload":1048576} \r\n');
    socket.on('error', () => {});
    socket.once('data', (text) => {
      if (!/^(CONNECT|PING)/i.test(String(text))) socket.end("-ERR 'Unknown Protocol Operation'\r\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  onTestFinished(() => void server.close());
  return { port, later: () => server.listen(port, '127.0.0.1') };
}

describeWithTool('curl', "the queue worker's wait for its queue", (curl) => {
  it.each([0, 1500])('ends well once NATS listens, %d ms later', async (after) => {
    const { port, later } = await nats();
    setTimeout(later, after);
    const here = args.map((arg) => arg.replace('nats.openfaas.svc.cluster.local:4222', `127.0.0.1:${port}`));
    const began = Date.now();
    const code = await new Promise((resolve) => {
      execFile(curl, here, (error) => resolve(error?.code ?? 0));
    });
    expect(code).toBe(0);
    expect(Date.now() - began).toBeLessThan(after + 3000);
  });
});
