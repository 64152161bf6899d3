import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import type { Answer } from './messages.ts';
import { compiledNodeFiles } from './node-files.ts';
import { type RunningGateway, startGateway } from './running-gateway.ts';
import { load } from './wrk.ts';

// A machine that does a lot else is slow to start a node.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

describeGateway(
  'what the short conf gets wrong of certificates, TLS, load and logs is right',
  () => {
    let gateway: RunningGateway;
    let slow: Promise<Answer>;
    beforeAll(async () => {
      gateway = await startGateway(gatewayPlatform);
      // Goes on while everything else here is tried, so that it costs little time.
      slow = gateway.ask('/function/slow?delay=65000');
    });
    afterAll(() => gateway?.stop());

    /** openssl's report of a handshake with these options. */
    const handshake = async (...options: string[]) => {
      const { stdout, stderr } = await gateway.node.runInNetwork('bash', [
        ...['-c', 'openssl s_client "$@" </dev/null', 'bash'],
        ...['-connect', '127.0.0.1:443', '-servername', gateway.domain, ...options],
      ]);
      return stdout + stderr;
    };

    it("defect 16: a certificate authority's challenges are answered on port 80", async () => {
      await gateway.node.run('mkdir -p /var/www/letsencrypt/.well-known/acme-challenge');
      const path = '/.well-known/acme-challenge/a-token';
      writeFileSync(gateway.node.file(`/var/www/letsencrypt${path}`), 'a-token.key');
      const answer = await gateway.ask({ path, port: 80 });
      expect(answer).toMatchObject({ status: 200, body: 'a-token.key' });
    });

    it('defect 17: a redirected POST stays a POST, and goes to our own name', async () => {
      const { status, headers } = await gateway.ask({ method: 'POST', path: '/function/echo?a=b', port: 80 });
      expect(status).toBe(308);
      expect(headers.location).toBe('https://functions.example.no/function/echo?a=b');
    });

    it.each([
      ['TLS 1.0', ['-tls1', '-cipher', 'ALL:@SECLEVEL=0']],
      ['TLS 1.1', ['-tls1_1', '-cipher', 'ALL:@SECLEVEL=0']],
      ['CBC', ['-tls1_2', '-cipher', 'ECDHE-ECDSA-AES256-SHA:ECDHE-ECDSA-AES256-SHA384']],
      ['CCM', ['-tls1_2', '-cipher', 'ECDHE-ECDSA-AES256-CCM']],
      ['ARIA and Camellia', ['-tls1_2', '-cipher', 'ARIA:CAMELLIA']],
      ['key exchange without forward secrecy', ['-tls1_2', '-cipher', 'AES256-GCM-SHA384:AES128-SHA']],
    ])('defect 18: TLS takes no %s', async (_, options) => {
      expect(await handshake(...options)).toContain('Cipher is (NONE)');
    });

    it.each([
      ['1.2', ['-tls1_2']],
      ['1.3', ['-tls1_3']],
    ])('defect 18: TLS %s is taken', async (version, options) => {
      expect(await handshake(...options)).toMatch(new RegExp(`New, TLSv${version}, Cipher is [A-Z]`));
    });

    it('defect 18: TLS sessions are resumed, and https is remembered', async () => {
      const session = '/tmp/session.pem';
      const both = await gateway.node.run(`
        both() { (printf 'GET /x HTTP/1.1\\r\\nHost: ${gateway.domain}\\r\\n\\r\\n'; sleep 0.5) |
          openssl s_client -connect 127.0.0.1:443 -servername ${gateway.domain} -tls1_2 "$@" 2>&1; }
        both -sess_out ${session} | grep -a '^New\\|^Reused'
        both -sess_in ${session} | grep -a '^New\\|^Reused\\|^Strict'`);
      expect(both.stdout.split('\n')).toEqual([
        expect.stringMatching(/^New, TLSv1\.2/),
        expect.stringMatching(/^Reused, TLSv1\.2/),
        'Strict-Transport-Security: max-age=63072000\r',
        '',
      ]);
    });

    it('defect 19: nothing tells the version of nginx', async () => {
      const { headers } = await gateway.ask('/function/echo');
      expect(headers.server).toBe('nginx');
      expect((await gateway.ask('/nothing')).body).not.toMatch(/nginx\/\d/);
    });

    it('defect 20: 2,000 clients at once see no error', async () => {
      const measured = await load(gateway, { clients: 2000, seconds: 20 });
      expect(measured).toMatchObject({ failed: 0, socketErrors: 0 });
      expect(measured.requests).toBeGreaterThan(0);
      // Not nginx's own 511, or what the kernel cuts it to.
      const { stdout } = await gateway.node.run("ss -H -l -t -n 'sport = :443' | awk '{ print $3 }'");
      expect(stdout).toBe('4096\n4096\n');
    });

    it('defect 21: headers of any size that is declared get through', async () => {
      const buffers = { header: '64k', size: '64k' };
      const wide = await startGateway({ ...gatewayPlatform, gateway: { buffers } });
      const { status, headers } = await wide.ask('/function/echo?header=40000');
      await wide.stop();
      expect(status).toBe(200);
      expect(headers['x-large']).toHaveLength(40_000);
    });

    it('defect 22: stopping nginx lets running calls end', async () => {
      const other = await startGateway(gatewayPlatform);
      const unit = compiledNodeFiles(gatewayPlatform).find(({ path }) => path.includes('/nginx.service.d/'));
      const [, stop = 'false'] = /^ExecStop=-?(\S.*)$/m.exec(unit?.text ?? '') ?? [];
      const asked = other.ask('/function/slow?delay=8000');
      await wait(1000);
      const stopping = other.node.run(stop);
      expect(await asked).toMatchObject({ status: 200 });
      expect(await stopping).toMatchObject({ status: 0 });
      expect(other.workers()).toEqual([]);
      await other.stop();
    });

    it('defect 23: the certificate is looked for where certbot is told to put it', () => {
      const files = new Map(compiledNodeFiles(gatewayPlatform).map(({ path, text }) => [path, text]));
      const script = files.get('/usr/local/sbin/openfaas-tls');
      const conf = files.get('/etc/nginx/conf.d/openfaas.conf');
      expect(script).toContain('domains=(functions.example.no)');
      expect(script).toMatch(/--cert-name "\$name" --domain "\$\{domain\b/);
      expect(script).toContain("--deploy-hook '/usr/local/sbin/openfaas-tls deploy'");
      expect(script).toContain('live=/etc/letsencrypt/live/$name');
      expect(conf).toContain('ssl_certificate /etc/nginx/tls/functions.example.no/fullchain.pem;');
    });

    it('defect 24: the log is JSON, with an id that the function has too, and where the time went', async () => {
      await gateway.arrived();
      await gateway.ask({
        path: '/function/echo?delay=200',
        headers: { 'user-agent': 'a "quoted"\\ agent' },
      });
      const [arrived] = await gateway.arrived();
      // The log is written in blocks; to open it anew is to write what is left.
      await gateway.node.run('nginx -s reopen; sleep 0.5');
      const log = readFileSync(gateway.node.file('/var/log/nginx/openfaas.access.log'), 'utf8');
      const lines = log
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, string>);
      const line = lines.find(({ id }) => id === arrived?.headers['x-call-id']);
      expect(line).toMatchObject({
        status: '200',
        uri: '/function/echo',
        // Cut before what JSON would escape.
        agent: 'a ',
        limit: 'PASSED',
      });
      expect(Number(line?.upstream_time)).toBeGreaterThanOrEqual(0.2);
    });

    it('defect 25: nothing is taken for the queue that the queue cannot take', async () => {
      await gateway.arrived();
      const ask = (body: number) => gateway.ask({ method: 'POST', path: '/async-function/later', body });
      expect(await ask(256_000)).toMatchObject({ status: 200 });
      expect(await ask(300_000)).toMatchObject({ status: 413 });
      expect((await gateway.arrived()).map(({ received }) => received)).toEqual([256_000]);
    });

    it('defect 26: another conf on the machine may use general names', async () => {
      const other = `upstream openfaas { server 127.0.0.1:1; }
limit_req_zone $binary_remote_addr zone=one:1m rate=1r/s;
log_format json '{}';
map $http_upgrade $connection_upgrade { default upgrade; }
server { listen 127.0.0.1:8888; location / { limit_req zone=one; proxy_pass http://openfaas; } }
`;
      writeFileSync(gateway.node.file('/etc/nginx/conf.d/other.conf'), other);
      const { status, stderr } = await gateway.node.run('nginx -t');
      expect(stderr).toContain('test is successful');
      expect(status).toBe(0);
    });

    it('who connects and says nothing is let go after ten seconds, with TLS and without', async () => {
      const { stdout } = await gateway.node.run(`
        silent() { local begun=$SECONDS; exec {in}<>/dev/tcp/127.0.0.1/$1; cat <&$in >/dev/null; echo $((SECONDS - begun)); }
        silent 80 & silent 443 & wait`);
      for (const took of stdout.trim().split('\n').map(Number)) {
        expect(took).toBeGreaterThanOrEqual(9);
        expect(took).toBeLessThan(15);
      }
    });

    it("a function slower than nginx's own 60 seconds is not cut, in real time and under load", async () => {
      const { status, took } = await slow;
      expect(status).toBe(200);
      expect(took).toBeGreaterThan(64_900);
    });
  },
  'wrk',
);
