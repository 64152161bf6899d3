import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { describeGateway } from '../gateway/describe-gateway.ts';
import { type Arrived, secretPath, startWatchedNode, type WatchedNode } from './watched-node.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const config: PlatformConfig = {
  domain: 'functions.example.no',
  nodes: { 'node-1': {} },
  openfaas: { licence: 'personal', async: true },
  functions: { figlet: { image: 'ghcr.io/openfaas/figlet:0.3.0' } },
  backups: { recipients: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'] },
  alerts: {
    to: {
      phone: { kind: 'ntfy', host: 'ntfy.example.no' },
      team: { kind: 'slack', host: 'chat.example.no' },
      hook: { kind: 'webhook', host: 'hooks.example.no' },
      ops: {
        kind: 'mail',
        host: 'smtp.example.no',
        from: 'fjord@example.no',
        recipients: ['ops@example.no', 'night@example.no'],
      },
    },
    deadMansSwitch: { host: 'hc.example.no' },
    limits: { disk: 99, memory: 1 },
  },
};

const day = 86_400;
const readyNode = {
  kind: 'Node',
  metadata: { name: 'node-1' },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
};
const deployment = (available: number) => ({
  kind: 'Deployment',
  metadata: { name: 'figlet', namespace: 'openfaas-fn' },
  spec: { replicas: 2 },
  status: available === 0 ? {} : { availableReplicas: available },
});
const pod = (restartCount: number, state: object) => ({
  kind: 'Pod',
  metadata: { name: 'figlet-7d9c5b8f6d-x2x4z', namespace: 'openfaas-fn' },
  status: { containerStatuses: [{ name: 'figlet', restartCount, state }] },
});
const running = { running: {} };

/** The names of a backup as old as this. */
const copyOf = (age: number) =>
  `${new Date(Date.now() - age * 1000).toISOString().replace(/[-:]|\.\d+/g, '')}.age`;

/** What has been sent to the phone. */
const told = (arrived: readonly Arrived[]) => arrived.filter(({ host }) => host === 'ntfy.example.no');
const pings = (arrived: readonly Arrived[]) => arrived.filter(({ host }) => host === 'hc.example.no');

describeGateway(
  'fjord-watch',
  () => {
    let node: WatchedNode;

    beforeAll(async () => {
      node = await startWatchedNode(config);
    });
    afterAll(() => node?.stop());

    /** Nothing is wrong, and nothing is remembered. */
    async function well(): Promise<void> {
      node.cluster([readyNode, deployment(2), pod(0, running)]);
      await node.run(`rm -f /var/lib/fjord/watch.json /var/lib/fjord/backups/* /tmp/failed
        : >/var/log/nginx/openfaas.access.log
        touch /var/lib/fjord/backups/functions-node-1-${copyOf(3600)}`);
      await node.arrived();
    }

    const mount = 'mkdir -p /boot; mount -t tmpfs -o';
    const short = 'openssl req -x509 -newkey ed25519 -noenc -subj /CN=x -keyout /dev/null 2>/dev/null';
    const copies = '/var/lib/fjord/backups/functions-node-1-';
    const provoked: readonly (readonly [begin: string, end: string, told: RegExp])[] = [
      [
        `${mount} size=64k,nr_inodes=3 tmpfs /boot; touch /boot/b; head -c 64k /dev/zero >/boot/a`,
        'umount /boot',
        /^NEW: The disk of \/boot has 100 % of its space in use: du -x -d 3 \/boot \| sort -n \| tail$/m,
      ],
      ['', '', /^NEW: The disk of \/boot has 100 % of its inodes in use: du -x -d 3 --inodes \/boot /m],
      [
        "sed 's/^MemAvailable:.*/MemAvailable: 2048 kB/' /proc/meminfo >/tmp/meminfo; mount --bind /tmp/meminfo /proc/meminfo",
        'umount /proc/meminfo',
        /^NEW: Of \d+ MiB of memory 2 are available: ps aux --sort=-rss \| head$/m,
      ],
      [
        `${short} -days 9 -out /var/lib/rancher/k3s/server/tls/old.crt`,
        'rm /var/lib/rancher/k3s/server/tls/old.crt',
        /^NEW: A certificate of K3s ends in 8 days, \S+old\.crt: journalctl -u fjord-maintain$/m,
      ],
      [
        `mkdir -p /tmp/b; ${short} -days 2 -out /tmp/b/fullchain.pem; ln -sfn /tmp/b /etc/nginx/tls/b.example.no`,
        'rm /etc/nginx/tls/b.example.no',
        /^NEW: A certificate of b\.example\.no ends in 1 days, /m,
      ],
      [
        'ln -sfn ../tls-placeholder/functions.example.no /etc/nginx/tls/c.example.no',
        'rm /etc/nginx/tls/c.example.no',
        /^NEW: There is no certificate for c\.example\.no yet/m,
      ],
      [
        "echo 'fjord-backup.service loaded failed failed A copy' >/tmp/failed",
        'rm /tmp/failed',
        /^NEW: fjord-backup\.service has failed: journalctl -u fjord-backup\.service$/m,
      ],
      ['touch /tmp/clock-off', 'rm /tmp/clock-off', /^NEW: The clock is not synchronised: /m],
      [
        `rm ${copies}*; touch ${copies}${copyOf(31 * 3600)}`,
        `touch ${copies}${copyOf(60)}`,
        /^NEW: The newest backup is of \d{4}-\d\d-\d\d \d\d:\d\d UTC: journalctl -u fjord-backup; run fjord-backup$/m,
      ],
    ];

    it('tells of everything on the node when it is seen twice, and when it is over', async () => {
      await well();
      for (const [begin] of provoked) await node.run(begin);
      await node.look();
      expect(told(await node.arrived())).toEqual([]);
      await node.look();
      const [began, ...more] = told(await node.arrived());
      expect(more).toEqual([]);
      for (const [, , text] of provoked) expect(began?.body).toMatch(text);
      expect([began?.headers?.title, began?.headers?.priority]).toEqual(['functions: 9 new on node-1', '5']);
      await node.look();
      expect(told(await node.arrived())).toEqual([]);
      for (const [, end] of provoked) await node.run(end);
      await node.look();
      expect(told(await node.arrived())).toEqual([]);
      await node.look();
      const over = told(await node.arrived());
      expect(over.map(({ headers }) => [headers?.title, headers?.priority])).toEqual([
        ['functions: 9 over on node-1', '3'],
      ]);
      expect(over[0]?.body.match(/^OVER: /gm)).toHaveLength(9);
      expect((await node.look()).stdout).toBe('');
    });

    it.each<[string, string, string, RegExp]>([
      ['the API', 'touch /tmp/k3s-down', 'rm /tmp/k3s-down', /^NEW: The Kubernetes API does not answer/],
      [
        'nginx',
        'nginx -s quit; while [ -e /run/nginx.pid ]; do sleep 0.1; done',
        'nginx >/dev/null 2>&1; sleep 0.5',
        /^NEW: nginx, or the gateway behind it, does not answer/,
      ],
    ])(
      'tells of %s, which is urgent, and calls the dead man’s switch no more',
      async (_, begin, end, text) => {
        await well();
        await node.run(begin);
        await node.look();
        await node.look();
        const arrived = await node.arrived();
        const [one] = told(arrived);
        expect([one?.headers?.title, one?.headers?.priority]).toEqual(['functions: 1 new on node-1', '5']);
        expect(one?.body).toMatch(text);
        expect(pings(arrived)).toEqual([]);
        await node.run(end);
        await node.look();
        expect(pings(await node.arrived())).toHaveLength(1);
      },
    );

    it('tells of nodes, copies and functions of the cluster', async () => {
      await well();
      const named = (name: string, one: ReturnType<typeof pod>) => ({
        ...one,
        metadata: { ...one.metadata, name },
      });
      node.cluster([
        readyNode,
        { ...readyNode, metadata: { name: 'node-2' }, status: {} },
        deployment(1),
        named('pay-7d9c5b8f6d-x2x4z', pod(7, { waiting: { reason: 'CrashLoopBackOff' } })),
        named('mail-7d9c5b8f6d-abcde', pod(0, { waiting: { reason: 'ImagePullBackOff' } })),
        named('new-7d9c5b8f6d-abcde', pod(0, { waiting: { reason: 'ContainerCreating' } })),
      ]);
      await node.look();
      await node.look();
      const [one] = told(await node.arrived());
      expect(one?.body.split('\n\n').slice(0, -1).sort()).toEqual([
        'NEW: 1 of 2 copies of openfaas-fn/figlet are available: k3s kubectl -n openfaas-fn describe deployment figlet',
        'NEW: The node node-2 is not ready: k3s kubectl describe node node-2',
        'NEW: openfaas-fn/mail-7d9c5b8f6d-abcde does not run, ImagePullBackOff: k3s kubectl -n openfaas-fn describe pod mail-7d9c5b8f6d-abcde',
        'NEW: openfaas-fn/pay-7d9c5b8f6d-x2x4z does not run, CrashLoopBackOff: k3s kubectl -n openfaas-fn describe pod pay-7d9c5b8f6d-x2x4z',
      ]);
      // Another copy of the same function is the same problem.
      node.cluster([
        readyNode,
        named('pay-7d9c5b8f6d-zzzzz', pod(0, { waiting: { reason: 'CrashLoopBackOff' } })),
      ]);
      await node.look();
      await node.look();
      const [over] = told(await node.arrived());
      expect(over?.headers?.title).toBe('functions: 3 over on node-1');
    });

    it('tells of a container that has started again three times within an hour, not in a month', async () => {
      await well();
      for (const [later, count] of [
        [0, 4],
        [600, 5],
        [1200, 6],
        [1800, 7],
      ] as const) {
        node.cluster([pod(count, running)]);
        await node.look(later);
      }
      expect(told(await node.arrived())).toEqual([]);
      await node.look(2100);
      expect(told(await node.arrived())[0]?.body).toMatch(
        /has started 3 times again within an hour: k3s kubectl -n openfaas-fn logs --previous/,
      );
      await well();
      for (const count of [1, 2, 3, 4]) {
        node.cluster([pod(count, running)]);
        await node.look(count * 3 * 3600);
      }
      expect(told(await node.arrived())).toEqual([]);
    });

    it('tells of a queue that grows', async () => {
      await well();
      await node.arrived({ waiting: 99 });
      await node.look();
      await node.look();
      expect(told(await node.arrived({ waiting: 100 }))).toEqual([]);
      await node.look();
      await node.look();
      expect(told(await node.arrived()).map(({ body }) => body)).toEqual([
        expect.stringMatching(/^NEW: 100 calls wait in the queue/),
      ]);
    });

    it('tells of calls that fail, by what nginx has logged of them', async () => {
      await well();
      const call = (status: number) => node.gateway.ask(`/function/figlet?status=${status}`);
      for (const status of [200, 200, 500, 502, 503, 500]) await call(status);
      await node.run('sleep 5.5');
      await node.look();
      await node.look();
      expect(told(await node.arrived())).toEqual([]);
      await call(500);
      await node.run('sleep 5.5');
      await node.look();
      await node.look();
      expect(told(await node.arrived()).map(({ body }) => body)).toEqual([
        expect.stringMatching(
          /^NEW: 5 of \d+ calls of figlet failed in 15 minutes: k3s kubectl -n openfaas-fn logs deployment\/figlet\n/,
        ),
      ]);
      await node.look(1200);
      await node.look(1200);
      expect(told(await node.arrived()).map(({ body }) => body)).toEqual([
        expect.stringMatching(/^OVER: 5 of \d+ calls/),
      ]);
    });

    it('tells of a reboot that is pending for eight days', async () => {
      await well();
      await node.run('touch /run/reboot-required');
      const copies = (days: number) =>
        node.run(`touch /var/lib/fjord/backups/functions-node-1-${copyOf(-days * day)}`);
      for (const days of [1, 4, 7]) {
        await copies(days);
        await node.look(days * day);
      }
      expect(told(await node.arrived())).toEqual([]);
      await copies(10);
      await node.look(10 * day);
      await node.look(10 * day + 300);
      expect(told(await node.arrived()).map(({ body }) => body)).toEqual([
        expect.stringMatching(/^NEW: A reboot is pending since /),
      ]);
      await node.run('rm /run/reboot-required');
    });

    it('sends one message of all problems, in each target’s own form', async () => {
      await well();
      await node.run(
        `touch /tmp/clock-off /tmp/k3s-down; printf '%s loaded failed failed x\\n' 'a\\x2d"<b>&é.service' >/tmp/failed`,
      );
      await node.look();
      await node.look();
      const arrived = await node.arrived();
      await node.run('rm /tmp/clock-off /tmp/k3s-down /tmp/failed');
      expect(arrived.map(({ host }) => host).sort()).toEqual([
        'chat.example.no',
        'hooks.example.no',
        'ntfy.example.no',
        'smtp.example.no',
      ]);
      const [chat, hook, phone, mail] = ['chat', 'hooks', 'ntfy', 'smtp'].map((name) =>
        arrived.find(({ host }) => host === `${name}.example.no`),
      );
      expect(phone).toMatchObject({ method: 'POST', url: secretPath });
      expect(phone?.headers).toMatchObject({
        title: 'functions: 3 new on node-1',
        priority: '5',
        authorization: 'Bearer t"k',
      });
      expect(phone?.body).toContain(
        'NEW: a\\x2d"<b>&é.service has failed: journalctl -u a\\x2d"<b>&é.service\n',
      );
      expect(phone?.body).toContain('NEW: The clock is not synchronised');
      expect(phone?.body).toContain('NEW: The Kubernetes API does not answer: journalctl -u k3s\n');

      const slack: unknown = JSON.parse(chat?.body ?? '');
      expect(slack).toEqual({
        text: `*functions: 3 new on node-1*\n${phone?.body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}`,
      });
      const json: unknown = JSON.parse(hook?.body ?? '');
      expect(json).toMatchObject({
        platform: 'functions',
        node: 'node-1',
        title: '3 new on node-1',
        text: phone?.body,
        urgent: true,
      });
      expect(hook?.headers?.['content-type']).toBe('application/json');

      expect(mail).toMatchObject({ from: 'fjord@example.no', to: ['night@example.no', 'ops@example.no'] });
      expect(mail?.body).toMatch(
        /^From: fjord@example\.no\r\nTo: night@example\.no, ops@example\.no\r\nSubject: functions: 3 new on node-1\r\nDate: /,
      );
      expect(mail?.body.split('\r\n\r\n').slice(1).join('\n\n').replaceAll('\r\n', '\n').trim()).toBe(
        phone?.body,
      );
    });

    it('calls the dead man’s switch while nginx and the API answer, whatever else is wrong', async () => {
      await well();
      await node.run('touch /tmp/clock-off');
      await node.look();
      await node.look();
      expect(pings(await node.arrived()).map(({ method, url }) => [method, url])).toEqual([
        ['GET', secretPath],
        ['GET', secretPath],
      ]);
      await node.run('rm /tmp/clock-off; touch /tmp/k3s-down');
      await node.look();
      expect(pings(await node.arrived())).toEqual([]);
      await node.run('rm /tmp/k3s-down');
    });

    it('keeps what is known of the cluster while its API does not answer', async () => {
      await well();
      node.cluster([deployment(1)]);
      await node.look();
      await node.look();
      await node.run('touch /tmp/k3s-down');
      for (let look = 0; look < 3; look++) await node.look();
      await node.run('rm /tmp/k3s-down');
      const bodies = told(await node.arrived()).map(({ body }) => body);
      expect(bodies).toHaveLength(2);
      expect(bodies[1]).not.toMatch(/OVER|copies/);
    });

    it('tells later what a target did not take, and tells the others that it does not', async () => {
      await well();
      await node.arrived({ refuse: ['ntfy.example.no', 'smtp.example.no'] });
      await node.run('touch /tmp/clock-off');
      await node.look();
      const failed = await node.look();
      expect(failed.status).toBe(1);
      expect(failed.stdout).toContain('phone is not told yet: curl: (22)'.replace('curl: (22)', ''));
      expect(failed.stdout).not.toContain(secretPath);
      await node.run('rm /tmp/clock-off');
      await node.look();
      await node.look();
      const others = await node.arrived();
      expect(told(others)).toEqual([]);
      const team = others.filter(({ host }) => host === 'chat.example.no').map(({ body }) => body);
      expect(team).toHaveLength(2);
      expect(team[1]).toMatch(/phone takes no messages: fjord-watch --test/);
      expect(team[1]).toMatch(/OVER: The clock/);

      expect((await node.look()).status).toBe(0);
      const late = await node.arrived();
      const [one, ...more] = told(late);
      expect(more).toEqual([]);
      expect(one?.headers?.title).toBe('functions: 2 late messages on node-1');
      expect(one?.body).toMatch(/OVER: The clock[\s\S]*NEW: The clock/);
      expect(late.filter(({ host }) => host === 'smtp.example.no')).toHaveLength(1);
    });

    it('sends thirty quiet days nothing but the calls of the dead man’s switch', async () => {
      await well();
      const looks = 40;
      const script = Array.from({ length: looks }, (_, look) => {
        const later = look * 18 * 3600;
        const copy = `touch /var/lib/fjord/backups/functions-node-1-${copyOf(-later)}`;
        return `${copy}; faketime -f +${later}s fjord-watch`;
      });
      const said = await node.run(
        `export CURL_CA_BUNDLE=/root/ca.crt FAKETIME_DONT_FAKE_MONOTONIC=1\n${script.join('\n')}`,
      );
      const arrived = await node.arrived();
      expect([said, arrived.length, pings(arrived).length]).toEqual(['', looks, looks]);
    });

    it('sends of a problem of two days one message at its beginning, one a day, and one at its end', async () => {
      await well();
      await node.run('touch /tmp/clock-off');
      const bodies: [number, string][] = [];
      for (let hour = 0; hour <= 60; hour += 6) {
        if (hour === 54) await node.run('rm /tmp/clock-off');
        await node.run(`touch /var/lib/fjord/backups/functions-node-1-${copyOf(-hour * 3600)}`);
        await node.look(hour * 3600 + 60);
        for (const { body } of told(await node.arrived())) bodies.push([hour, body.split(/[,:]/, 1).join()]);
      }
      expect(bodies).toEqual([
        [6, 'NEW'],
        [30, 'STILL'],
        [54, 'STILL'],
        [60, 'OVER'],
      ]);
    });

    it('has units that systemd takes', async () => {
      const units = '/etc/systemd/system/fjord-watch.service /etc/systemd/system/fjord-watch.timer';
      expect(await node.run(`systemd-analyze verify --man=no --recursive-errors=no ${units} 2>&1`)).toBe('');
    });

    it('tests each target on request, and shows no secret to other programs or in what it prints', async () => {
      await well();
      const { status, stdout } = await node.look(0, '--test');
      expect([status, stdout]).toEqual([
        0,
        'hook: sent\nops: sent\nphone: sent\nteam: sent\ndead-mans-switch: sent\n',
      ]);
      expect((await node.arrived()).map(({ host }) => host)).toEqual([
        'hooks.example.no',
        'smtp.example.no',
        'ntfy.example.no',
        'chat.example.no',
        'hc.example.no',
      ]);
      await node.arrived({ refuse: ['chat.example.no'] });
      const refused = await node.look(0, '--test');
      await node.arrived();
      expect(refused.status).toBe(1);
      expect(refused.stdout).toContain('team: its answer is 503\n');
      const seen = readFileSync(node.gateway.node.file('/tmp/curl-arguments'), 'utf8');
      expect(seen.split('\n').length).toBeGreaterThan(50);
      expect(seen).not.toMatch(/topic-|word|Bearer/);
    });

    it.each<[string, string, number, RegExp]>([
      ['is missing', 'rm F', 0, /^F is missing\n$/],
      [
        'names another host',
        'echo https://ntfy.example.com/x >F',
        1,
        /^F is WRONG: it must have mode 600 and begin with an https address of ntfy\.example\.no, as in the config\n$/,
      ],
      ['names another host behind a login', 'echo https://ntfy.example.no@evil.example/x >F', 1, /WRONG/],
      [
        'names another host behind a backslash',
        "echo 'https://ntfy.example.no\\@evil.example/x' >F",
        1,
        /WRONG/,
      ],
      ['is not encrypted', 'echo http://ntfy.example.no/x >F', 1, /WRONG/],
      ['can be read by others', 'chmod 644 F', 1, /WRONG/],
      ['is as it should be', 'true', 0, /^$/],
    ])('says before use that a file %s, and sends nothing by it', async (_, change, status, text) => {
      const file = '/etc/fjord/alerts/phone.url';
      await node.run(`cp -p ${file} /tmp/kept`);
      await node.run(change.replaceAll('F', file));
      const checked = await node.look(0, '--check');
      const tested = await node.look(0, '--test');
      await node.run(`cp -p /tmp/kept ${file}`);
      expect(checked.status).toBe(status);
      expect(checked.stdout.replaceAll(file, 'F')).toMatch(text);
      expect(tested.status).toBe(checked.stdout === '' ? 0 : 1);
      expect(told(await node.arrived())).toHaveLength(checked.stdout === '' ? 1 : 0);
    });

    it('follows no answer to another host', async () => {
      await node.run(
        "cp -p /etc/fjord/alerts/phone.url /tmp/kept; sed -i 's#/topic.*#/moved#' /etc/fjord/alerts/phone.url",
      );
      const { status, stdout } = await node.look(0, '--test');
      await node.run('cp -p /tmp/kept /etc/fjord/alerts/phone.url');
      expect(status).toBe(1);
      expect(stdout).toContain('phone: its answer is 302\n');
      expect((await node.arrived()).filter(({ host }) => host === 'other.example.no')).toEqual([]);
    });

    it('says that it cannot look, and goes on with what it can', async () => {
      await well();
      await node.run('echo broken >/tmp/cluster.json; touch /tmp/clock-off');
      await node.look();
      await node.look();
      await node.run('rm /tmp/clock-off');
      const [one] = told(await node.arrived());
      expect(one?.body).toMatch(
        /NEW: fjord-watch cannot look at cluster, JSONDecodeError: journalctl -u fjord-watch/,
      );
      expect(one?.body).toMatch(/NEW: The clock/);
    });
  },
  'python3',
  'faketime',
);
