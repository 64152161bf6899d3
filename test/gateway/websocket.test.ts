import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 300_000 });

const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13';

describeGateway('websocket, and nothing else that a connection could become', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway(gatewayPlatform);
  });
  afterAll(() => gateway?.stop());

  const send = async (path: string, head: string, method = 'GET') => {
    await gateway.arrived();
    const bytes = `${method} ${path} HTTP/1.1\r\nHost: functions.example.no\r\n${head}\r\n${key}\r\n\r\n`;
    const answer = await gateway.exchange({ bytes });
    return {
      status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]),
      answer,
      arrived: await gateway.arrived(),
    };
  };

  it.each([
    ['websocket', 'Connection: Upgrade\r\nUpgrade: websocket'],
    ['WebSocket', 'Connection: upgrade\r\nUpgrade: WebSocket'],
    ['as Firefox says it', 'Connection: keep-alive, Upgrade\r\nUpgrade: websocket'],
    ['the other way round', 'Upgrade: WEBSOCKET\r\nConnection: UPGRADE, keep-alive'],
  ])('%s is switched to', async (_, head) => {
    const { status, answer } = await send('/function/socket', head);
    expect(status).toBe(101);
    expect(answer).toMatch(/\r\nUpgrade: websocket\r\n[\s\S]*hello$/i);
  });

  it.each([
    ['h2c', 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__'],
    ['h2c last', 'Connection: Upgrade\r\nUpgrade: websocket, h2c'],
    ['h2c first', 'Connection: Upgrade\r\nUpgrade: h2c, websocket'],
    ['websocket of a version', 'Connection: Upgrade\r\nUpgrade: websocket/2'],
    ['TLS', 'Connection: Upgrade\r\nUpgrade: TLS/1.0'],
    ['anything', 'Connection: Upgrade\r\nUpgrade: x-tunnel'],
    ['no Connection', 'Upgrade: websocket'],
    ['another Connection', 'Connection: close\r\nUpgrade: websocket'],
    ['a Connection that only has the word in it', 'Connection: x-upgrade\r\nUpgrade: websocket'],
    ['a bar', 'Connection: upgrade|websocket\r\nUpgrade: h2c'],
    ['no Upgrade', 'Connection: Upgrade'],
  ])('%s is not: it is a call like any other', async (_, head) => {
    const { status, arrived } = await send('/function/socket', `${head}`);
    expect(status).toBe(200);
    expect(arrived).toHaveLength(1);
    expect(arrived[0]?.headers).not.toHaveProperty('upgrade');
  });

  it('POST is not', async () => {
    const head = 'Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 0';
    const { status, arrived } = await send('/function/socket', head, 'POST');
    expect(status).toBe(200);
    expect(arrived[0]?.headers).not.toHaveProperty('upgrade');
  });

  it('of two headers the first or none counts, and h2c is never passed on', async () => {
    const first = await send('/function/socket', 'Connection: Upgrade\r\nUpgrade: h2c\r\nUpgrade: websocket');
    expect(first.status).toBe(200);
    expect(first.arrived[0]?.headers).not.toHaveProperty('upgrade');
    const second = await send(
      '/function/socket',
      'Connection: Upgrade\r\nUpgrade: websocket\r\nUpgrade: h2c',
    );
    expect([101, 200, 400]).toContain(second.status);
    expect(second.answer).not.toMatch(/upgrade: .*h2c/i);
  });

  it('a function that does not ask for it is never switched', async () => {
    const { status } = await send('/function/echo', 'Connection: Upgrade\r\nUpgrade: websocket');
    expect(status).toBe(200);
  });
});
