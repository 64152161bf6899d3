import { describe, expect, it } from 'vitest';
import { bootPlatform } from './boot-platform.ts';
import { bootSoon } from './boot-soon.ts';
import { settingsIn } from './sysctl-settings.ts';

const node = bootPlatform();

/** One setting of each kind that reaches a running node. */
const changed = bootPlatform((config) => ({
  ...config,
  kernel: { ...config.kernel, sysctl: { ...config.kernel?.sysctl, 'vm.swappiness': 7 } },
  k3s: { ...config.k3s, tlsSan: ['k3s.example.no'] },
  gateway: { ...config.gateway, rateLimit: { rate: '7r/s', burst: 7 } },
}));

const curl = `curl --silent --insecure --max-time 60 --resolve '${node.domain}:443:127.0.0.1' --resolve '${node.domain}:80:127.0.0.1'`;
const applyAgain = (script: string) => `touch /run/before\n${script}\nstatus=$?
find /etc /usr/local /var/lib/rancher -newer /run/before -type f
exit $status`;

const boot = bootSoon(() => ({
  name: 'healthy',
  userData: node.userData,
  hostname: 'what-the-provider-says',
  collect: node.files.map(({ path }) => path),
  files: { 'changed.sh': changed.applyScript },
  steps: {
    schema: 'cloud-init schema --system',
    hostname: 'hostname',
    fsync: 'cat /var/lib/fjord/fsync',
    https: `${curl} --include https://${node.domain}/function/order-webhook/a?b=c`,
    'not-declared': `${curl} --output /dev/null --write-out '%{http_code}' https://${node.domain}/system/functions`,
    http: `${curl} --output /dev/null --write-out '%{http_code} %{redirect_url}' http://${node.domain}/`,
    certificate: `openssl s_client -connect 127.0.0.1:443 -servername ${node.domain} </dev/null 2>/dev/null |
      openssl x509 -noout -subject -issuer -ext subjectAltName`,
    'firewall-units': `systemctl show --property ActiveState,UnitFileState fjord-firewall nftables
      for unit in nginx k3s; do
        systemctl show --property After --value $unit | tr ' ' '\\n' | grep fjord-firewall
      done`,
    // Of a Service that nobody translates.
    untranslated: `curl --silent --max-time 5 --write-out '%{exitcode} %{time_total}' http://10.43.0.99:8080/`,
    'firewall-restarted': `nft add table ip kube_proxy
      tables() { nft list tables | sort | tr '\\n' ' '; }
      systemctl restart fjord-firewall && tables
      systemctl stop fjord-firewall && tables
      systemctl restart nftables || echo refused
      tables
      systemctl start fjord-firewall && tables
      nft delete table ip kube_proxy`,
    'sysctls-before': 'sysctl --all 2>/dev/null',
    again: applyAgain('/usr/local/sbin/fjord-apply'),
    'changed-dry': 'bash /run/boot-test/files/changed.sh --dry-run',
    changed: applyAgain('bash /run/boot-test/files/changed.sh'),
    'changed-again': applyAgain('bash /run/boot-test/files/changed.sh'),
  },
}));

describe.concurrent('a node that boots with nothing in its way', () => {
  it('ends as it should, in the eyes of cloud-init', async () => {
    const { steps, timedOut } = await boot();
    expect(timedOut).toBe(false);
    expect(steps['cloud-init-status']?.stdout).toMatch(/^status: done$/m);
    expect(JSON.parse(steps['cloud-init-result']?.stdout ?? '')).toMatchObject({ v1: { errors: [] } });
    expect(steps['cloud-init-log']?.stdout).not.toMatch(/\[WARNING\]|Invalid|deprecat/i);
    expect(steps.schema).toEqual({
      stdout: 'Valid cloud-config: system userdata\n',
      stderr: '',
      exitCode: 0,
    });
    expect(steps['failed-units']?.stdout).toBe('');
    expect(steps.hostname?.stdout).toBe(`${node.name}\n`);
  });

  it('asks for what it needs, and for nothing else', async () => {
    const { requests } = await boot();
    const others = requests.filter((request) => !/^GET \/debian\//.test(request));
    expect(others.sort()).toEqual([
      'GET /install.sh 200',
      'GET /k3s/v1.36.3%2Bk3s1/k3s 200',
      'GET /k3s/v1.36.3%2Bk3s1/sha256sum-amd64.txt 200',
    ]);
  });

  it('has every file, with its bytes and its mode', async () => {
    const { files } = await boot();
    // After the second day, which changes three of them.
    expect(
      Object.entries(files).map(([path, { mode, owner, content }]) => [
        path,
        mode,
        owner,
        content.toString(),
      ]),
    ).toEqual(changed.files.map(({ path, permissions, text }) => [path, permissions, 'root:root', text]));
  });

  it('has every kernel setting in force', async () => {
    const { steps } = await boot();
    const wanted = settingsIn(
      node.files.find(({ path }) => path.endsWith('/99-serverless.conf'))?.text ?? '',
    );
    const found = settingsIn(steps['sysctls-before']?.stdout ?? '');
    expect(Object.keys(wanted).length).toBeGreaterThan(3);
    expect(Object.fromEntries(Object.keys(wanted).map((key) => [key, found[key]]))).toEqual(wanted);
  });

  it('says how fast its disk keeps a write', async () => {
    const { steps } = await boot();
    const said = /^99 of 100 writes are on disk within \d+\.\d\d ms, (NOT )?under the 2 ms of a fast disk$/m;
    expect(steps.fsync?.stdout).toMatch(said);
    expect(steps['cloud-init-output']?.stdout).toContain(`fjord: disk: ${steps.fsync?.stdout}`);
  });

  it('serves its functions by TLS, with the certificate of the first boot', async () => {
    const { steps } = await boot();
    expect(steps.https?.stdout).toMatch(/^HTTP\/2 200/);
    expect(steps.https?.stdout).toContain('"path": "/function/order-webhook/a?b=c"');
    expect(steps['not-declared']?.stdout).toBe('404');
    expect(steps.http?.stdout).toBe(`308 https://${node.domain}/`);
    expect(steps.certificate?.stdout).toContain(`DNS:${node.domain}`);
  });

  it('has its packet filter before nginx and K3s, at each boot', async () => {
    const { steps } = await boot();
    const [own, theirs] = (steps['firewall-units']?.stdout ?? '').split('\n\n');
    expect(own).toBe('ActiveState=active\nUnitFileState=enabled');
    expect(theirs).toMatch(/^ActiveState=inactive\nUnitFileState=masked\n/);
    expect(theirs?.match(/^fjord-firewall\.service$/gm)).toHaveLength(2);
  });

  it('sends nothing to a Service that nobody translates', async () => {
    const { steps } = await boot();
    const [code, seconds] = (steps.untranslated?.stdout ?? '').split(' ');
    expect(code).toBe('7');
    expect(Number(seconds)).toBeLessThan(1);
  });

  it("restarts its packet filter without touching others' tables, and is not touched itself", async () => {
    const { steps } = await boot();
    const tables = 'table inet fjord table ip kube_proxy ';
    expect(steps['firewall-restarted']?.stdout).toBe(`${tables}${tables}refused\n${tables}${tables}`);
  });

  it('has K3s started once, with its config and no secret on the command line', async () => {
    const { steps } = await boot();
    const calls = (steps['k3s-calls']?.stdout ?? '')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const starts = calls.filter(({ argv }) => argv[0] === 'server');
    // Once at first boot, and once after its config was changed.
    expect(starts.map(({ argv, env }) => ({ argv, env }))).toEqual([
      { argv: ['server'], env: {} },
      { argv: ['server'], env: {} },
    ]);
    expect(starts[0].config).toBe(
      node.files.find(({ path }) => path === '/etc/rancher/k3s/config.yaml')?.text,
    );
  });

  it('leaves everything as it is when the script runs again', async () => {
    const { steps } = await boot();
    expect(steps.again?.exitCode).toBe(0);
    // No file is newer than that run: none is named after its last line.
    expect(steps.again?.stdout).toMatch(/^fjord: done: nothing to change\n$(?![\s\S])/m);
  });

  it('takes a change on a later day, says what it did, and does it once', async () => {
    const { steps } = await boot();
    expect(steps['changed-dry']?.stdout).toMatch(/^\+vm.swappiness = 7$/m);
    expect(steps.changed?.exitCode).toBe(0);
    const did = steps.changed?.stdout.match(/^fjord: done: (.*)$/m)?.[1] ?? '';
    expect(did).toContain('wrote /etc/sysctl.d/99-serverless.conf');
    expect(did).toContain('wrote /etc/rancher/k3s/config.yaml');
    expect(did).toContain('wrote /etc/nginx/conf.d/openfaas.conf');
    expect(did).toContain('restarted K3s');
    expect(settingsIn(steps.sysctls?.stdout ?? '')['vm.swappiness']).toBe('7');
    expect(steps['changed-again']?.stdout).toMatch(/^fjord: done: nothing to change\n$(?![\s\S])/m);
  });
});
