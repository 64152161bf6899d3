import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { FakeNode } from './fake-node.ts';

/**
 * A fake node with the real apt and dpkg, over a database and an archive of their own. The archive has a package named
 * nginx, whose configuration hangs as long as the file `hang` is there.
 */
export class NodeWithApt extends FakeNode {
  private readonly env: Readonly<Record<string, string>>;

  constructor() {
    super();
    const { root } = this;
    const dpkgOptions = [`--root=${root}`, '--force-not-root', '--force-script-chrootless'];
    for (const folder of [
      ...['info', 'updates'].map((name) => `var/lib/dpkg/${name}`),
      ...['lib/apt/lists/partial', 'lib/cache/apt/archives/partial', 'log/apt'].map((name) => `var/${name}`),
      ...['apt.conf.d', 'preferences.d'].map((name) => `etc/apt/${name}`),
    ]) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    this.write('/var/lib/dpkg/status', '');
    this.write('/etc/apt/sources.list', `deb [trusted=yes] file:${root}/archive ./\n`);
    this.write(
      '/apt.conf',
      `Dir "${root}";
Dir::State::status "${root}/var/lib/dpkg/status";
Dir::Cache "var/lib/cache/apt";
Dir::Bin::dpkg "/usr/bin/dpkg";
DPkg::Options { ${dpkgOptions.map((option) => `"${option}";`).join(' ')} };
DPkg::Path "/usr/sbin:/usr/bin:/sbin:/bin";
APT::Architecture "amd64";
APT::Architectures { "amd64"; };
APT::Sandbox::User "root";
`,
    );
    this.env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', APT_CONFIG: join(root, 'apt.conf') };
    this.archive();
    const withConfig = `APT_CONFIG=${this.env.APT_CONFIG} exec /usr/bin/apt-get "$@"`;
    this.program('apt-get', withConfig);
    this.program(
      'dpkg',
      `case $1 in --print-architecture) echo amd64;; *) PATH=${this.env.PATH} exec /usr/bin/dpkg ${dpkgOptions.join(' ')} "$@";; esac`,
    );
    this.program(
      'dpkg-query',
      `case $4 in nginx) exec /usr/bin/dpkg-query --admindir=${root}/var/lib/dpkg "$@";; *) printf installed;; esac`,
    );
  }

  private archive(): void {
    const source = join(this.root, 'source/DEBIAN');
    const control =
      'Package: nginx\nVersion: 1\nArchitecture: all\nMaintainer: none <none@example.no>\nDescription: a stand-in\n';
    mkdirSync(source, { recursive: true });
    writeFileSync(join(source, 'control'), control);
    const hang = join(this.root, 'hang');
    writeFileSync(
      join(source, 'postinst'),
      `#!/bin/sh\n[ ! -e ${hang} ] || touch ${hang}ing\nwhile [ -e ${hang} ]; do sleep 0.1; done\n`,
      { mode: 0o755 },
    );
    mkdirSync(join(this.root, 'archive'));
    const deb = join(this.root, 'archive/nginx_1_all.deb');
    this.must('dpkg-deb', '--build', '--root-owner-group', join(this.root, 'source'), deb);
    const bytes = readFileSync(deb);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    this.write(
      '/archive/Packages',
      `${control}Filename: ./nginx_1_all.deb\nSize: ${bytes.length}\nSHA256: ${sha256}\n`,
    );
  }

  private must(tool: string, ...args: readonly string[]): void {
    const { status, stderr } = spawnSync(tool, args, { encoding: 'utf8', env: this.env });
    if (status !== 0) throw new Error(`${tool}: ${stderr}`);
  }

  /** apt-get as a person calls it there. */
  apt(...args: readonly string[]) {
    return spawnSync('apt-get', args, { encoding: 'utf8', env: this.env, timeout: 60_000 });
  }

  /** Begins to install nginx, and ends apt and dpkg by force in the middle of its configuration. */
  async killInstallation(): Promise<void> {
    this.write('/hang', '');
    this.apt('update');
    const apt = spawn('apt-get', ['install', '--yes', 'nginx'], {
      env: this.env,
      stdio: 'ignore',
    });
    for (let tries = 0; !existsSync(join(this.root, 'hanging')); tries += 1) {
      if (tries > 600) throw new Error('nothing is configured');
      await wait(100);
    }
    const ended = new Promise((resolve) => apt.once('close', resolve));
    apt.kill('SIGKILL');
    // dpkg and the package's script have a session of their own.
    const { stdout } = spawnSync('ps', ['-e', '-o', 'pid=,args='], { encoding: 'utf8' });
    for (const line of stdout
      .split('\n')
      .filter((one) => one.includes(`${this.root}/`) || one.includes(`=${this.root} `))) {
      process.kill(Number.parseInt(line, 10), 'SIGKILL');
    }
    await ended;
    rmSync(join(this.root, 'hang'));
  }

  /** Has another program lock the lists for some seconds, as an apt does. */
  async lockLists(seconds: number): Promise<void> {
    const code = `import fcntl, time
file = open("${this.root}/var/lib/apt/lists/lock", "a")
fcntl.lockf(file, fcntl.LOCK_EX)
print("locked", flush=True)
time.sleep(${seconds})`;
    const holder = spawn('python3', ['-c', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => holder.stdout.once('data', resolve));
  }
}
