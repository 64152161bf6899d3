import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

// A machine that does a lot else is slow to start a node.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

describeGateway('requests that try to be taken for others', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway(gatewayPlatform);
  });
  afterAll(() => gateway?.stop());

  /** Sends these bytes, and gives the statuses that came back and what got behind nginx. */
  const send = async (text: string) => {
    await gateway.arrived();
    const answer = await gateway.exchange({ bytes: text });
    const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
    return { statuses, arrived: (await gateway.arrived()).map(({ url }) => url) };
  };
  const get = (path: string) =>
    send([`GET ${path} HTTP/1.1`, 'Host: functions.example.no', 'Connection: close', '', ''].join('\r\n'));

  it.each([
    ['/Function/echo'],
    ['/FUNCTION/ECHO'],
    ['/function/echo%20'],
    ['/function/echo.openfaas-fn/x'],
    ['/system/functions'],
  ])('%s reaches nothing', async (path) => {
    expect(await get(path)).toEqual({ statuses: [404], arrived: [] });
  });

  it.each([
    ['/function/../system/functions'],
    ['/function/echo/../../system/functions'],
    ['/function/echo/%2e%2e/%2e%2e/system/functions'],
    ['/function/echo/..%2f..%2fsystem/functions'],
    ['/function/echo/..%2F..%2fsystem%2ffunctions'],
    ['/function/echo/.%2e/.%2e/ui/'],
    ['//system/functions'],
    ['/function//../system/functions'],
    ['/function/echo%5c..%5c..%5csystem'],
    ['/function%5cecho'],
    ['/function/echo;/x'],
    ['/./system/functions'],
    ['/%73ystem/functions'],
    ['/function/%65choo'],
    ['/function//echo'],
    ['/function/%65cho'],
    ['/system/../function/echo'],
    ['/system/..%2ffunction/echo'],
    ['/function/echo%00'],
    ['/function/echo%00/../../system'],
    ['/../system/functions'],
    ['/%2e%2e/ui/'],
  ])('%s is refused, whatever it would be', async (path) => {
    expect(await get(path)).toEqual({ statuses: [400], arrived: [] });
  });

  it('a line break in a path does not become one in the redirect', async () => {
    const { status, headers } = await gateway.ask({ path: '/function/echo%0d%0aSet-Cookie:a=b', port: 80 });
    expect({ status, headers }).toMatchObject({
      status: 400,
      headers: { 'content-type': 'application/json' },
    });
    const query = await gateway.ask({ path: '/function/echo?%0d%0aSet-Cookie:a=b', port: 80 });
    expect(query.headers.location).toBe('https://functions.example.no/function/echo?%0d%0aSet-Cookie:a=b');
    expect([headers, query.headers].filter((all) => 'set-cookie' in all)).toEqual([]);
  });

  const smuggled = 'GET /system/functions HTTP/1.1\r\nHost: functions.example.no\r\n\r\n';
  const post = 'POST /function/echo HTTP/1.1\r\nHost: functions.example.no\r\n';
  it.each([
    [
      'length and chunks',
      `${post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
      400,
    ],
    ['two lengths', `${post}Content-Length: 0\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`, 400],
    [
      'two names',
      'GET /function/echo HTTP/1.1\r\nHost: functions.example.no\r\nHost: a.example\r\n\r\n',
      400,
    ],
    ['no name', 'GET /function/echo HTTP/1.1\r\n\r\n', 400],
    ['a length that is no number', `${post}Content-Length: +4\r\n\r\nabcd`, 400],
    ['an unknown coding', `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`, 501],
    ['two codings', `${post}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ['a broken chunk', `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n`, 400],
    ['a control character in a header', `${post}X-A: a\x01b\r\n\r\n`, 400],
    ['a space in the name of a header', `${post}Content Length: 4\r\n\r\nabcd`, 400],
    ['a space before a colon', `${post}Content-Length : 4\r\n\r\nabcd`, 400],
    [
      'another name in the request line',
      'GET https://a.example/function/echo HTTP/1.1\r\nHost: functions.example.no\r\n\r\n',
      421,
    ],
    ['CONNECT', 'CONNECT 10.43.0.80:8080 HTTP/1.1\r\nHost: functions.example.no\r\n\r\n', 400],
    ['TRACE', 'TRACE /function/echo HTTP/1.1\r\nHost: functions.example.no\r\n\r\n', 405],
  ])('%s', async (_, bytes, status) => {
    const { statuses, arrived } = await send(bytes);
    expect({ statuses, arrived }).toEqual({ statuses: [status], arrived: [] });
  });

  it('what comes after a request on its connection is a request of its own', async () => {
    const { statuses, arrived } = await send(
      `${post}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n${smuggled}`,
    );
    expect({ statuses, arrived }).toEqual({ statuses: [200, 404], arrived: ['/function/echo'] });
  });

  it('HTTP/2 works', async () => {
    const { stdout } = await gateway.curl(
      ...['--http2', '--output', '/dev/null', '--write-out', '%{http_version} %{http_code}'],
      `https://${gateway.domain}/function/echo`,
    );
    expect(stdout).toBe('2 200');
  });

  it('another name over HTTP/2 on our connection gets nothing', async () => {
    const { stdout } = await gateway.curl(
      ...['--http2', '--header', 'Host: a.example', '--output', '/dev/null', '--write-out', '%{http_code}'],
      `https://${gateway.domain}/function/echo`,
    );
    expect(stdout).toBe('421');
  });

  it('who asks too large a question is told so', async () => {
    await gateway.arrived();
    const body = 2 ** 20 + 1;
    expect(
      await gateway.ask({
        method: 'POST',
        path: '/function/echo',
        body,
        headers: { expect: '100-continue' },
      }),
    ).toMatchObject({ status: 413 });
    const long = await gateway.ask({ path: '/function/echo', headers: { 'x-long': 'x'.repeat(20_000) } });
    expect(long.status).toBe(400);
    expect(await gateway.arrived()).toEqual([]);
  });
});
