import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

// A machine that does a lot else is slow to start a node.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

describeGateway('calls that are under way', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway(gatewayPlatform);
  });
  afterAll(() => gateway?.stop());

  const live = `/etc/letsencrypt/live/${gatewayPlatform.domain}`;

  /** Who issued the certificate that new clients see. */
  const issuer = async () => {
    const { stdout } = await gateway.node.run(
      `openssl s_client -connect 127.0.0.1:443 -servername ${gateway.domain} </dev/null 2>/dev/null |
         openssl x509 -noout -issuer`,
    );
    return stdout.trim();
  };

  it('with a certificate that nginx cannot read, the one before it stays', async () => {
    const before = await issuer();
    const { status } = await gateway.node.run(`mkdir -p ${live}
      touch ${live}/fullchain.pem ${live}/privkey.pem
      RENEWED_LINEAGE=${live} openfaas-tls deploy`);
    expect(status).not.toBe(0);
    expect(await issuer()).toBe(before);
    expect(await gateway.node.run('nginx -t -q')).toMatchObject({ status: 0 });
  });

  it('a new certificate is served at once, and cuts nothing', async () => {
    const before = await issuer();
    const asked = gateway.ask('/function/slow?delay=5000');
    const upload = gateway.ask({ method: 'POST', path: '/function/upload?delay=4000', body: 5_000_000 });
    await wait(500);
    const deployed = await gateway.node.run(`mkdir -p ${live}
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 2 -subj '/CN=an authority' \\
        -keyout ${live}/privkey.pem -out ${live}/fullchain.pem 2>/dev/null
      RENEWED_LINEAGE=${live} openfaas-tls deploy`);
    expect(deployed).toMatchObject({ status: 0 });
    await vi.waitFor(async () => expect(await issuer()).toBe('issuer=CN = an authority'), { timeout: 5000 });
    expect(before).not.toContain('an authority');
    expect(await asked).toMatchObject({ status: 200 });
    expect(await upload).toMatchObject({ status: 200 });
  });
});
