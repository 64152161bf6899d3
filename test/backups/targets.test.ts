import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { BackupSshConfig } from '../../src/config/backups/targets.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { smallest } from '../cases/smallest.ts';
import { runTool } from '../conformance/run-tool.ts';
import { describeGateway } from '../gateway/describe-gateway.ts';
import { type Node, startNode } from '../gateway/node.ts';
import { filesByNode } from '../gateway/node-files.ts';

vi.setConfig({ testTimeout: 300_000 });

const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
const bucket = 'https://localhost:9443/fjord-backups/platforms/one';
const there = '/srv/backups';

/** A directory of this machine with an SSH key, a host key and a certificate, all of them new. */
function material(): { directory: string; hostKey: string } {
  const directory = mkdtempSync(join(tmpdir(), 'fjord-targets-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  for (const name of ['host', 'client']) {
    runTool('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', join(directory, name)]);
  }
  const certificate = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2'];
  const files = ['-keyout', join(directory, 'tls.key'), '-out', join(directory, 'tls.crt')];
  runTool('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-noenc', ...certificate, ...files]);
  mkdirSync(join(directory, 'objects'));
  return { directory, hostKey: readFileSync(join(directory, 'host.pub'), 'utf8').trim() };
}

const k3s = "#!/bin/bash\necho 'k3s version v1.36.5+k3s1 (abc)'\n";
const sshd = `Port 2022
ListenAddress 127.0.0.1
HostKey /root/host
AuthorizedKeysFile /root/authorized
PermitRootLogin prohibit-password
StrictModes no
PidFile /run/sshd.pid
Subsystem sftp internal-sftp
`;

/** A server with a database, both targets beside it in its own network, and what it sends copies with. */
async function server(secret: string, changes: Partial<BackupSshConfig> = {}) {
  const { directory, hostKey } = material();
  const read = (name: string) => readFileSync(join(directory, name), 'utf8');
  const config: PlatformConfig = {
    ...smallest,
    backups: {
      recipients: [recipient],
      to: {
        ssh: { host: '127.0.0.1', port: 2022, user: 'root', path: there, hostKey, ...changes },
        s3: {
          endpoint: 'https://localhost:9443',
          region: 'oslo-1',
          bucket: 'fjord-backups',
          prefix: 'platforms/one',
        },
      },
    },
  };
  const [emitted = []] = filesByNode(config).values();
  const file = (path: string, text: string, permissions = '0600') => ({ path, text, permissions });
  const node = await startNode(
    [
      ...emitted,
      file('/usr/local/bin/k3s', k3s, '0755'),
      file('/root/host', read('host')),
      file('/root/authorized', read('client.pub')),
      file('/root/tls.crt', read('tls.crt')),
      file('/root/sshd.conf', sshd),
      file('/etc/fjord/backup-ssh-key', read('client')),
      file('/etc/fjord/backup-s3', `user = "AKEY:${secret}"\ncacert = "/root/tls.crt"\n`),
    ],
    [],
  );
  onTestFinished(() => node.stop());
  const made = await node.run(`mkdir -p /run/sshd ${there} /var/lib/rancher/k3s/server/db
    python3 -c "import sqlite3; sqlite3.connect('/var/lib/rancher/k3s/server/db/state.db').execute('CREATE TABLE kine (id)')"`);
  expect(made).toMatchObject({ status: 0, stderr: '' });
  await startS3(node, directory);
  return {
    node,
    startSsh: () => node.run('/usr/sbin/sshd -f /root/sshd.conf'),
    /** The names of the copies in each place. */
    places: async () => {
      const names = async (path: string) => (await node.run(`ls ${path}`)).stdout.trim().split('\n');
      const objects = join(directory, 'objects/fjord-backups/platforms/one');
      return {
        disk: await names('/var/lib/fjord/backups'),
        ssh: await names(there),
        s3: existsSync(objects) ? readdirSync(objects).sort() : [],
      };
    },
    object: (name: string) => readFileSync(join(directory, 'objects/fjord-backups/platforms/one', name)),
  };
}

async function startS3({ enterNetwork }: Node, directory: string): Promise<void> {
  const [command = '', ...args] = enterNetwork;
  const script = join(import.meta.dirname, 'stand-in-s3.mjs');
  const child = spawn(
    command,
    [...args, process.execPath, script, directory, '9443', 'AKEY', 'the-secret', 'oslo-1'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void child.kill());
  await new Promise((resolve) => child.stdout.once('data', resolve));
}

describeGateway(
  'copies that are sent away',
  () => {
    it('arrive by SSH and in the bucket, each once, and those that could not be sent before', async () => {
      const { node, startSsh, places, object } = await server('the-secret');
      const down = await node.run('fjord-backup');
      expect(down.status).toBe(1);
      expect(down.stderr).toContain('fjord-backup: not sent, and so only on this disk: 127.0.0.1\n');
      const first = await places();
      expect(first).toEqual({ disk: first.disk, ssh: [''], s3: first.disk });

      await startSsh();
      expect(await node.run('sleep 1.1; fjord-backup')).toMatchObject({ status: 0, stderr: '' });
      const both = await places();
      expect(both.disk).toHaveLength(2);
      expect(both).toEqual({ disk: both.disk, ssh: both.disk, s3: both.disk });
      for (const name of both.disk) {
        const bytes = readFileSync(node.file(`/var/lib/fjord/backups/${name}`));
        expect(readFileSync(node.file(`${there}/${name}`)).equals(bytes)).toBe(true);
        expect(object(name).equals(bytes)).toBe(true);
      }

      const times = `stat -c %y ${there}/*`;
      const before = (await node.run(times)).stdout;
      expect(await node.run('sleep 1.1; fjord-backup --local')).toMatchObject({ status: 0, stderr: '' });
      expect((await places()).disk).toHaveLength(3);
      expect((await node.run(times)).stdout).toBe(before);
      expect((await places()).s3).toHaveLength(2);
    });

    it('go to no machine with another host key, and into no bucket without the right secret key', async () => {
      const { node, startSsh, places } = await server('another-secret', { hostKey: material().hostKey });
      await startSsh();
      const { status, stderr } = await node.run('fjord-backup');
      expect(status).toBe(1);
      expect(stderr).toContain('Host key verification failed');
      expect(stderr).toContain('The requested URL returned error: 403');
      expect(stderr).toContain(`fjord-backup: not sent, and so only on this disk: 127.0.0.1 ${bucket}\n`);
      const after = await places();
      expect(after).toEqual({
        disk: [expect.stringMatching(/^functions-node-1-.*\.age$/)],
        ssh: [''],
        s3: [],
      });
    });
  },
  'age',
  'python3',
  'sftp',
  'sshd',
);
