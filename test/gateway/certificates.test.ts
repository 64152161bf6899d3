import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Authority, authorityDirectory, startAuthority } from './acme.ts';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

// A machine that does a lot else is slow to start a node.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

describeGateway(
  'certificates, by the emitted scripts and unit, with real certbot and a local authority',
  () => {
    let gateway: RunningGateway;
    let authority: Authority;
    beforeAll(async () => {
      const tls = { directory: authorityDirectory };
      gateway = await startGateway({ ...gatewayPlatform, gateway: { ...gatewayPlatform.gateway, tls } });
      authority = await startAuthority(gateway.node);
    });
    afterAll(() => gateway?.stop());

    /** Issuer and serial number of the certificate that new clients see. */
    const served = async () => {
      const { stdout } = await gateway.node.run(
        `openssl s_client -connect 127.0.0.1:443 -servername ${gateway.domain} </dev/null 2>/dev/null |
         openssl x509 -noout -issuer -serial`,
      );
      const [issuer = '', serial = ''] = stdout.trim().split('\n');
      return { issuer, serial };
    };

    /** What the unit runs. */
    const issue = () => {
      const unit = readFileSync(gateway.node.file('/etc/systemd/system/openfaas-cert.service'), 'utf8');
      const [, command = ''] = /^ExecStart=(.*)$/m.exec(unit) ?? [];
      expect(command).toBe('/usr/local/sbin/openfaas-tls issue');
      return gateway.node.run(`${authority.environment} ${command}`);
    };

    /** Asks all the while that `during` runs, and gives how often it was not answered with 200. */
    const failuresDuring = async (during: () => Promise<void>) => {
      let [asked, failed, over] = [0, 0, false];
      const asking = (async () => {
        while (!over) {
          const { status } = await gateway.ask('/function/echo').catch(() => ({ status: 0 }));
          asked++;
          if (status !== 200) failed++;
        }
      })();
      await during();
      over = true;
      await asking;
      expect(asked).toBeGreaterThan(10);
      return failed;
    };

    it('begin with a placeholder, are issued, and are renewed, without a call that fails', async () => {
      expect((await served()).issuer).toBe(`issuer=CN = ${gateway.domain}`);

      const slow = gateway.ask('/function/slow?delay=6000');
      const failures = await failuresDuring(async () => {
        const { status, stderr } = await issue();
        expect({ status, stderr }).toMatchObject({ status: 0 });
        await vi.waitFor(async () => expect((await served()).issuer).toMatch(/Pebble Intermediate/), 5000);
        const issued = await served();

        // What the unit does at the next boot: nothing.
        expect(await issue()).toMatchObject({ status: 0 });
        expect(await served()).toEqual(issued);

        // What certbot's own timer runs, when it is time.
        const renewal = await gateway.node.run(
          `${authority.environment} certbot renew --quiet --force-renewal --no-random-sleep-on-renew`,
        );
        expect(renewal).toMatchObject({ status: 0 });
        await vi.waitFor(async () => expect((await served()).serial).not.toBe(issued.serial), 5000);
        expect((await served()).issuer).toMatch(/Pebble Intermediate/);
      });
      expect(failures).toBe(0);
      expect(await slow).toMatchObject({ status: 200 });

      // A restart of the node begins with what it has, not with a placeholder.
      const { serial } = await served();
      expect(await gateway.node.run('openfaas-tls placeholder')).toMatchObject({ status: 0 });
      expect((await served()).serial).toBe(serial);
    });

    it('stay as they are when the authority cannot find us', async () => {
      const before = await served();
      const refused = await gateway.node.run(
        `curl --silent -d '{"ip":"192.0.2.1"}' http://127.0.0.1:8055/set-default-ipv4
         ${authority.environment} certbot renew --quiet --force-renewal --no-random-sleep-on-renew`,
      );
      expect(refused.status).not.toBe(0);
      expect(await served()).toEqual(before);
    });
  },
  ...['certbot', 'pebble', 'pebble-challtestsrv'],
);
