import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { BackupsConfig } from '../../src/config/backups/backups.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { smallest } from '../cases/smallest.ts';
import { runTool } from '../conformance/run-tool.ts';
import { describeGateway } from '../gateway/describe-gateway.ts';
import { type Node, startNode } from '../gateway/node.ts';
import { filesByNode, type NodeFile } from '../gateway/node-files.ts';

vi.setConfig({ testTimeout: 300_000 });

const store = '/var/lib/fjord/backups';
const database = '/var/lib/rancher/k3s/server/db/state.db';

/** An identity of age in a file, and its recipient. */
function keyPair(): { identity: string; recipient: string } {
  const directory = mkdtempSync(join(tmpdir(), 'fjord-age-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const identity = join(directory, 'key.txt');
  const { stderr } = runTool('age-keygen', ['-o', identity]);
  const [recipient = ''] = /age1\w+/.exec(stderr) ?? [];
  return { identity, recipient };
}

function platform(backups: BackupsConfig, changes: Partial<PlatformConfig> = {}): PlatformConfig {
  return { ...smallest, ...changes, backups };
}

const k3s = (version: string): NodeFile => ({
  path: '/usr/local/bin/k3s',
  permissions: '0755',
  text: `#!/bin/bash\necho 'k3s version ${version} (abc)'\n`,
});

/** What a server has that no other machine has, with modes that are not those of a new file. */
const own: readonly NodeFile[] = [
  ['/var/lib/rancher/k3s/server/token', '0600', 'K10abc::server:def'],
  ['/var/lib/rancher/k3s/server/cred/encryption-config.json', '0600', '{"keys":"secret"}'],
  ['/var/lib/rancher/k3s/server/tls/server-ca.key', '0600', 'a key'],
  ['/var/lib/rancher/k3s/server/tls/server-ca.crt', '0644', 'a certificate'],
  ['/etc/rancher/node/password', '0600', 'a password'],
  ['/etc/letsencrypt/accounts/acme/private_key.json', '0400', '{"kty":"EC"}'],
  ['/etc/letsencrypt/archive/functions.example.no/privkey1.pem', '0600', 'a private key'],
  ['/etc/nginx/tls-copies/functions.example.no/ab/privkey.pem', '0600', 'a private key'],
].map(([path = '', permissions = '', text = '']) => ({ path, permissions, text }));

const fakeSystemctl: NodeFile = { path: '/opt/node/systemctl', permissions: '0755', text: '#!/bin/bash\n' };

/** A machine with the emitted files of a platform's first node, that ends with the test. */
async function machine(config: PlatformConfig, files: readonly NodeFile[]): Promise<Node> {
  const [emitted = []] = filesByNode(config).values();
  const node = await startNode([...emitted, fakeSystemctl, ...files], []);
  onTestFinished(() => node.stop());
  return node;
}

/** As K3s' kine has it: a log that is written to without end, in the background. */
const writeLoad = `
mkdir -p ${database.replace('/state.db', '')}
cat >/tmp/writer.py <<'PYTHON'
import sqlite3, time
base = sqlite3.connect("${database}", isolation_level=None)
base.execute("PRAGMA journal_mode=WAL")
base.execute("CREATE TABLE kine (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, value BLOB)")
base.execute("CREATE TABLE pairs (id INTEGER PRIMARY KEY, n INTEGER)")
base.executemany("INSERT INTO pairs VALUES (?, 0)", [(1,), (2,)])
print("ready", flush=True)
n = 0
while True:
    n += 1
    base.execute("BEGIN")
    base.execute("UPDATE pairs SET n = ? WHERE id = 1", (n,))
    base.execute("INSERT INTO kine (name, value) VALUES (?, randomblob(3000))", (f"/registry/{n}",))
    base.execute("UPDATE pairs SET n = ? WHERE id = 2", (n,))
    base.execute("COMMIT")
    time.sleep(0.002)
PYTHON
python3 /tmp/writer.py >/tmp/writer.out 2>&1 &
echo $! >/tmp/writer.pid
until grep -qs ready /tmp/writer.out; do sleep 0.05; done
`;

/** Every row of a database, and whether each transaction is there as a whole. */
const rowsOf = (path: string) => `python3 - ${path} <<'PYTHON'
import hashlib, sqlite3, sys
base = sqlite3.connect(sys.argv[1])
sum = hashlib.sha256()
rows = 0
for row in base.execute("SELECT id, name, value FROM kine ORDER BY id"):
    rows += 1
    sum.update(repr(row).encode())
print(base.execute("PRAGMA integrity_check").fetchone()[0], rows, sum.hexdigest(), base.execute("SELECT group_concat(n) FROM pairs").fetchone()[0])
PYTHON`;

/** A server with its state under load, and all else that a copy holds. */
async function server(config: PlatformConfig, version = 'v1.36.5+k3s1'): Promise<Node> {
  const node = await machine(config, [k3s(version), ...own]);
  const link =
    'mkdir -p /etc/nginx/tls && ln -s ../tls-copies/functions.example.no/ab /etc/nginx/tls/functions.example.no';
  expect(await node.run(`${writeLoad}\n${link}`)).toMatchObject({ status: 0, stderr: '' });
  return node;
}

/** The copies of a server, oldest first. */
async function copiesOf(node: Node): Promise<string[]> {
  const { stdout } = await node.run(`cd ${store} && ls`);
  return stdout.split('\n').filter((name) => name.length > 0);
}

/** The bytes of a server's newest copy. */
async function newestOf(node: Node): Promise<Buffer> {
  return readFileSync(node.file(`${store}/${(await copiesOf(node)).at(-1)}`));
}

/** A new machine of the same user-data that waits for a backup, and its apply.sh a note of being called. */
async function newMachine(config: PlatformConfig, backup: Buffer, identity: string): Promise<Node> {
  const node = await machine(config, [
    { path: '/var/lib/fjord/restore/wanted', permissions: '0600', text: 'a backup' },
    { path: '/usr/local/sbin/fjord-apply', permissions: '0700', text: '#!/bin/bash\necho applied\n' },
  ]);
  await node.run('rm -rf /etc/rancher/node /etc/nginx/tls*');
  writeFileSync(node.file('/var/lib/fjord/restore/backup.age'), backup);
  writeFileSync(node.file('/root/key.txt'), readFileSync(identity), { mode: 0o600 });
  return node;
}

/** Everything below these, with mode, owner and bytes; a directory without. */
const treeOf = (...paths: string[]) =>
  `find ${paths.join(' ')} -printf '%p %y %m %U:%G %l\\n' | sort; find ${paths.join(' ')} -type f -exec sha256sum {} + | sort`;

const kept = [
  '/var/lib/rancher/k3s/server/token',
  '/var/lib/rancher/k3s/server/cred',
  '/var/lib/rancher/k3s/server/tls',
  '/etc/rancher/node',
  '/etc/letsencrypt',
  '/etc/nginx/tls',
  '/etc/nginx/tls-copies',
];

const nothingChanged = async (node: Node) => {
  const { stdout } = await node.run(
    `ls -d ${kept.join(' ')} ${database} 2>/dev/null || true; ls /var/lib/fjord/restore`,
  );
  return stdout;
};

describeGateway(
  'a backup',
  () => {
    it('makes a new machine the old one: every row, file, mode and owner', async () => {
      const { identity, recipient } = keyPair();
      const config = platform({ recipients: [recipient, keyPair().recipient] });
      const old = await server(config);
      const made = await old.run('sleep 1; fjord-backup');
      expect(made).toMatchObject({ status: 0, stderr: '' });
      expect(made.stdout).toMatch(
        /^fjord-backup: \/var\/lib\/fjord\/backups\/functions-node-1-\d{8}T\d{6}Z\.age, \d+ bytes\n$/,
      );
      // It has been written to meanwhile, and still is.
      const { stdout: later } = await old.run(rowsOf(database));
      const backup = await newestOf(old);
      expect(backup.subarray(0, 21).toString()).toBe('age-encryption.org/v1');

      const fresh = await newMachine(config, backup, identity);
      const restored = await fresh.run('fjord-restore /root/key.txt; test ! -e /root/key.txt');
      expect(restored).toMatchObject({ status: 0, stderr: '' });
      expect(restored.stdout).toMatch(/^fjord-restore: this is node-1 of \d{4}-\d\d-\d\dT\S+Z\napplied\n$/);
      expect((await fresh.run(treeOf(...kept))).stdout).toBe((await old.run(treeOf(...kept))).stdout);
      expect((await fresh.run('stat -c %a / /etc /var/lib')).stdout).toBe('755\n755\n755\n');

      const { stdout: rows } = await fresh.run(rowsOf(database));
      const [integrity, count = '', , pairs = ''] = rows.trim().split(' ');
      expect(integrity).toBe('ok');
      expect(Number(count)).toBeGreaterThan(10);
      expect(Number(later.split(' ')[1])).toBeGreaterThan(Number(count));
      // Both halves of the last transaction that it has.
      expect(pairs).toBe(`${count},${count}`);
      // Those rows, as the server itself has them.
      const upTo = `sqlite3 = __import__('sqlite3'); h = __import__('hashlib').sha256()
for row in sqlite3.connect('${database}').execute('SELECT id, name, value FROM kine WHERE id <= ${count} ORDER BY id'): h.update(repr(row).encode())
print(h.hexdigest())`;
      expect((await old.run(`python3 -c "${upTo}"`)).stdout.trim()).toBe(rows.split(' ')[2]);
      expect(await nothingChanged(fresh)).not.toContain('wanted');
    });

    it('is readable by none but its recipients, and leaves nothing in the clear beside it', async () => {
      const [mine, other] = [keyPair(), keyPair()];
      const config = platform({ recipients: [mine.recipient] });
      const old = await server(config);
      await old.run('fjord-backup');
      const fresh = await newMachine(config, await newestOf(old), other.identity);
      const refused = await fresh.run('fjord-restore /root/key.txt');
      expect(refused.status).toBe(1);
      expect(refused.stderr).toMatch(/is not for this private key; nothing was changed\n$/);
      expect(await nothingChanged(fresh)).toBe('backup.age\nwanted\n');
      expect(
        (await old.run('ls /var/lib/fjord; stat -c %a /var/lib/fjord/backups /var/lib/fjord/backups/*'))
          .stdout,
      ).toBe('backup-lock\nbackups\n700\n600\n');
    });

    it('that is damaged, foreign, or of a newer K3s is refused before anything is changed', async () => {
      const { identity, recipient } = keyPair();
      const config = platform({ recipients: [recipient] });
      const old = await server(config);
      await old.run('fjord-backup');
      const good = await newestOf(old);
      const flipped = Buffer.from(good);
      const at = Math.floor(good.length / 2);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      const newer = await server(config, 'v1.36.6+k3s1');
      await newer.run('fjord-backup');
      const much = await server(config, 'v1.34.9+k3s1');
      await much.run('fjord-backup');
      const staging = platform({ recipients: [recipient] }, { name: 'staging' });
      const renamed = platform({ recipients: [recipient] }, { nodes: { 'node-2': {} } });
      const etcd = platform({ recipients: [recipient] }, { k3s: { datastore: 'etcd' } });
      const cases: [Buffer, PlatformConfig, RegExp][] = [
        [flipped, config, /the backup is damaged, or is not for this private key/],
        [good.subarray(0, good.length - 1), config, /the backup is damaged/],
        [randomBytes(5000), config, /the backup is damaged/],
        [good, staging, /the backup is of the platform functions, and this machine is of staging/],
        [good, renamed, /the backup is of the node node-1, and this machine is node-2/],
        [good, etcd, /the backup is of another datastore/],
        [
          await newestOf(newer),
          config,
          /the backup is of K3s v1\.36\.6\+k3s1, and v1\.36\.5\+k3s1 cannot read it/,
        ],
        [
          await newestOf(much),
          config,
          /the backup is of K3s v1\.34\.9\+k3s1, and v1\.36\.5\+k3s1 cannot read it/,
        ],
      ];
      for (const [backup, of, message] of cases) {
        const fresh = await newMachine(of, backup, identity);
        const refused = await fresh.run('fjord-restore /root/key.txt');
        expect(refused.status, String(message)).toBe(1);
        expect(refused.stderr).toMatch(message);
        expect(refused.stderr).toMatch(/; nothing was changed\n$/);
        expect(await nothingChanged(fresh)).toBe('backup.age\nwanted\n');
      }
    });

    it('is not put over a machine that already runs, nor over one that does not wait for it', async () => {
      const { identity, recipient } = keyPair();
      const config = platform({ recipients: [recipient] });
      const old = await server(config);
      await old.run('fjord-backup');
      const fresh = await newMachine(config, await newestOf(old), identity);
      await fresh.run('mkdir -p /var/lib/rancher/k3s/server/db');
      expect((await fresh.run('fjord-restore /root/key.txt')).stderr).toContain('K3s has already run here');
      await fresh.run('rm -r /var/lib/rancher/k3s/server/db /var/lib/fjord/restore/wanted');
      expect((await fresh.run('fjord-restore /root/key.txt')).stderr).toContain(
        'is not waiting for a backup',
      );
      expect((await fresh.run('ls /root/key.txt')).status).toBe(0);
    });

    it('takes the private key from standard input', async () => {
      const { identity, recipient } = keyPair();
      const config = platform({ recipients: [recipient] });
      const old = await server(config);
      await old.run('fjord-backup');
      const fresh = await newMachine(config, await newestOf(old), identity);
      expect(await fresh.run('fjord-restore - </root/key.txt')).toMatchObject({ status: 0, stderr: '' });
    });

    it('is kept as often as the config says, and never replaced by one that could not be made', async () => {
      const { recipient } = keyPair();
      const old = await server(platform({ recipients: [recipient], keep: 3 }));
      await old.run('sleep 0.5; kill $(cat /tmp/writer.pid)');
      const seen: string[][] = [];
      for (let day = 0; day < 5; day++) {
        await old.run('fjord-backup; sleep 1.1');
        seen.push(await copiesOf(old));
      }
      expect(seen.map(({ length }) => length)).toEqual([1, 2, 3, 3, 3]);
      expect(seen[4]?.slice(0, 2)).toEqual(seen[3]?.slice(1));
      const before = (await old.run(`cd ${store} && sha256sum *`)).stdout;

      // A disk that is full while the copy is written.
      const full =
        await old.run(`mkdir /run/full && mount -t tmpfs -o size=$(du -sk ${store} | cut -f 1)k,mode=700 tmpfs /run/full
        cp -a ${store}/. /run/full && dd if=/dev/zero of=/run/full/other bs=1k count=100000 2>/dev/null || true
        mount --bind /run/full ${store} && fjord-backup`);
      expect(full.status).not.toBe(0);
      expect(full.stdout).toBe('');
      expect(full.stderr).toMatch(/no space left on device/i);
      await old.run(`rm ${store}/other`);
      expect((await old.run(`cd ${store} && sha256sum *`)).stdout).toBe(before);

      await old.run(`umount ${store}
        dd if=/dev/urandom of=${database} bs=1k seek=20 count=40 conv=notrunc 2>/dev/null`);
      const damaged = await old.run('fjord-backup');
      expect(damaged.status).not.toBe(0);
      expect((await old.run(`cd ${store} && sha256sum *`)).stdout).toBe(before);
    });

    it('of etcd has a snapshot that K3s made', async () => {
      const { identity, recipient } = keyPair();
      const config = platform({ recipients: [recipient] }, { k3s: { datastore: 'etcd' } });
      const snapshots = '/var/lib/rancher/k3s/server/db/snapshots';
      const save = `case $1 in
  --version) echo 'k3s version v1.36.5+k3s1 (abc)' ;;
  etcd-snapshot) mkdir -p ${snapshots} && echo "snapshot $*" >${snapshots}/fjord-node-1-1795750000 ;;
esac`;
      const old = await machine(config, [
        ...own,
        { path: '/usr/local/bin/k3s', permissions: '0755', text: `#!/bin/bash\n${save}\n` },
      ]);
      expect(await old.run('fjord-backup')).toMatchObject({ status: 0, stderr: '' });
      expect((await old.run(`ls ${snapshots}`)).stdout).toBe('');
      const fresh = await newMachine(config, await newestOf(old), identity);
      expect(await fresh.run('fjord-restore /root/key.txt')).toMatchObject({ status: 0, stderr: '' });
      expect((await fresh.run('cat /var/lib/fjord/restore/etcd')).stdout).toBe(
        'snapshot etcd-snapshot save --name fjord\n',
      );
    });
  },
  'age',
  'age-keygen',
  'python3',
);
