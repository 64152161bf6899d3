import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DnsChallengeConfig } from '../../src/config/gateway/tls.ts';
import { type Authority, authorityDirectory, startAuthority } from './acme.ts';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';

// A machine that does a lot else is slow to start a node.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const image = 'ghcr.io/example/stub:1';
const secret = Buffer.alloc(32, 'k').toString('base64');

/** A zone that takes records from whoever has the key, as a DNS provider does. */
const dnsServer = `mkdir -p /tmp/dns
cat >/tmp/dns/knot.conf <<'CONF'
server:
    listen: 127.0.0.1@53
    rundir: /tmp/dns
database:
    storage: /tmp/dns
key:
  - id: certbot
    algorithm: hmac-sha256
    secret: ${secret}
acl:
  - id: update
    key: certbot
    action: update
zone:
  - domain: example.no
    storage: /tmp/dns
    file: zone
    acl: update
CONF
cat >/tmp/dns/zone <<'ZONE'
example.no. 60 SOA ns.example.no. hostmaster.example.no. 1 60 60 60 60
example.no. 60 NS ns.example.no.
ns.example.no. 60 A 127.0.0.1
ZONE
knotd --config /tmp/dns/knot.conf --daemonize=/tmp/dns/pid >/tmp/dns/log 2>&1
umask 077
mkdir -p /etc/fjord
cat >/etc/fjord/dns.ini <<'INI'
dns_rfc2136_server = 127.0.0.1
dns_rfc2136_name = certbot
dns_rfc2136_secret = ${secret}
dns_rfc2136_algorithm = HMAC-SHA256
INI
cat >/etc/fjord/dns-record <<'PROGRAM'
#!/usr/bin/python3
import os, sys
import dns.query, dns.tsigkeyring, dns.update
keys = dns.tsigkeyring.from_text({'certbot': '${secret}'})
update = dns.update.Update('example.no', keyring=keys, keyalgorithm='hmac-sha256')
name = '_acme-challenge.' + os.environ['CERTBOT_DOMAIN'] + '.'
if sys.argv[1] == 'add':
    update.add(name, 1, 'TXT', os.environ['CERTBOT_VALIDATION'])
else:
    update.delete(name, 'TXT')
sys.exit(dns.query.tcp(update, '127.0.0.1').rcode())
PROGRAM
chmod 0700 /etc/fjord/dns-record`;

const ways: [string, DnsChallengeConfig][] = [
  ['a plugin of certbot', { plugin: 'rfc2136', credentials: '/etc/fjord/dns.ini', propagation: '1s' }],
  ["a program of one's own", { script: '/etc/fjord/dns-record' }],
];

describeGateway(
  'a wildcard, by the emitted script, with real certbot, a DNS server that takes records, and a local authority',
  () => {
    describe.each(ways)('with %s', (_, dns) => {
      let gateway: RunningGateway;
      let authority: Authority;
      beforeAll(async () => {
        gateway = await startGateway({
          ...gatewayPlatform,
          functions: {
            ...gatewayPlatform.functions,
            tenants: { image, http: { domains: ['*.shops.example.no'] } },
            bakery: { image, http: { domains: ['bakery.shops.example.no'] } },
          },
          gateway: {
            ...gatewayPlatform.gateway,
            tls: {
              directory: authorityDirectory,
              dns,
            },
          },
        });
        expect(await gateway.node.run(dnsServer)).toMatchObject({ status: 0 });
        authority = await startAuthority(gateway.node, '127.0.0.1', '127.0.0.1:53');
      });
      afterAll(() => gateway?.stop());

      /** The names in the certificate that a client who asks for one sees, and who signed it. */
      const certificateFor = async (name: string) => {
        const { stdout } = await gateway.node.run(
          `openssl s_client -connect 127.0.0.1:443 -servername ${name} </dev/null 2>/dev/null |
         openssl x509 -noout -issuer -ext subjectAltName`,
        );
        return {
          names: /DNS:.*/.exec(stdout)?.[0],
          issuer: /Pebble Intermediate/.test(stdout) ? 'the authority' : 'itself',
        };
      };

      it('begins with a placeholder, is issued and renewed, and leaves the name below it its own', async () => {
        expect(await certificateFor('florist.shops.example.no')).toEqual({
          names: 'DNS:*.shops.example.no',
          issuer: 'itself',
        });
        const issued = await gateway.node.run(`${authority.environment} /usr/local/sbin/openfaas-tls issue`);
        expect(issued).toMatchObject({ status: 0 });
        const all = async () => ({
          florist: await certificateFor('florist.shops.example.no'),
          bakery: await certificateFor('bakery.shops.example.no'),
          platform: await certificateFor(gateway.domain),
        });
        const expected = {
          florist: { names: 'DNS:*.shops.example.no', issuer: 'the authority' },
          bakery: { names: 'DNS:bakery.shops.example.no', issuer: 'the authority' },
          platform: { names: `DNS:${gateway.domain}`, issuer: 'the authority' },
        };
        await vi.waitFor(async () => expect(await all()).toEqual(expected), 5000);
        const renewed = await gateway.node.run(
          `${authority.environment} certbot renew --quiet --force-renewal --no-random-sleep-on-renew \
           --cert-name $(ls /etc/letsencrypt/live | grep ^_)`,
        );
        expect(renewed).toMatchObject({ status: 0 });
        await vi.waitFor(async () => expect(await all()).toEqual(expected), 5000);
        // Its records are gone again.
        const asked = `import dns.message, dns.query
query = dns.message.make_query('_acme-challenge.shops.example.no', 'TXT')
print(dns.query.udp(query, '127.0.0.1').rcode())`;
        const left = await gateway.node.run(`python3 -c "${asked}"`);
        expect(left.stdout).toBe('3\n');
      });

      it('leads to its function, which sees the name, and without TLS to the same name with it', async () => {
        await gateway.arrived();
        const domain = 'florist.shops.example.no';
        expect(await gateway.ask({ path: '/roses', domain })).toMatchObject({ status: 200 });
        expect(await gateway.ask({ path: '/bread', domain: 'bakery.shops.example.no' })).toMatchObject({
          status: 200,
        });
        const [roses, bread] = await gateway.arrived();
        expect(roses).toMatchObject({ url: '/function/tenants/roses' });
        expect(roses?.headers).toMatchObject({ 'x-forwarded-host': domain });
        expect(bread).toMatchObject({ url: '/function/bakery/bread' });
        const { stdout } = await gateway.curl(
          '--write-out',
          '%{redirect_url}',
          '--output',
          '/dev/null',
          `http://${domain}/roses?red=1`,
        );
        expect(stdout).toBe(`https://${domain}/roses?red=1`);
      });
    });
  },
  ...['certbot', 'pebble', 'pebble-challtestsrv', 'knotd'],
);
