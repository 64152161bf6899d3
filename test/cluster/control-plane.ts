import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { toolsDirectory } from '../conformance/tools-directory.ts';

const here = new URL('.', import.meta.url).pathname;

/** The folder of the programs that `rehearsal/build` built. */
export function programs(): string {
  const { status, stdout, stderr } = spawnSync(join(here, '../../rehearsal/build'), ['--path'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return join(stdout.trim(), 'bin');
}

/** The API servers of other minors that `rehearsal/build --minors` built, by minor. */
export function otherApiServers(): ReadonlyMap<string, string> {
  const { status, stdout, stderr } = spawnSync(join(here, '../../rehearsal/build'), ['--path', '--minors'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const [minor = '', directory = ''] = line.split(' ');
      return [minor, join(directory, 'bin', 'kube-apiserver')];
    }),
  );
}

/** What a program in a control plane's namespaces came to. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Kubernetes' API server and controllers with Debian's etcd, where no other network is: what Kubernetes makes of
 * objects, without a node that could run a pod. `rehearsal/build` builds it. Given an API server of another minor, that
 * one runs, without controllers: nothing but the tests changes an object then.
 */
export class ControlPlane {
  readonly directory = mkdtempSync(join(tmpdir(), 'fjord-cluster-'));
  private readonly process: ChildProcess;
  private readonly hasControllers: boolean;
  private readonly beside: ChildProcess[] = [];

  constructor(otherApiServer?: string) {
    this.hasControllers = otherApiServer === undefined;
    const script = join(here, 'control-plane.sh');
    // It dies with the test's process, however that ends.
    this.process = spawn(
      'setpriv',
      [
        ...['--pdeathsig', 'KILL', 'unshare'],
        ...['--net', '--pid', '--mount-proc', '--fork', '--kill-child'],
        ...[script, programs(), this.directory, otherApiServer ?? ''],
      ],
      { stdio: 'ignore' },
    );
  }

  /** Returns once the API answers and, with controllers, Deployments are looked after. */
  async ready(): Promise<void> {
    const end = Date.now() + 300_000;
    const well = () =>
      this.kubectl('get', '--raw', '/readyz').status === 0 &&
      (!this.hasControllers ||
        this.kubectl('-n', 'kube-system', 'get', 'serviceaccount', 'default').status === 0);
    while (!well()) {
      if (Date.now() > end) throw new Error(`not ready: ${this.log('kube-apiserver')}`);
      await wait(1000);
    }
  }

  stop(): void {
    for (const child of this.beside) child.kill('SIGKILL');
    this.process.kill('SIGKILL');
    rmSync(this.directory, { recursive: true, force: true });
  }

  log(part: 'etcd' | 'kube-apiserver' | 'kube-controller-manager'): string {
    return readFileSync(join(this.directory, `${part}.log`), 'utf8').slice(-2000);
  }

  kubectl(...args: readonly string[]): Ran {
    return this.run('kubectl', '--kubeconfig', join(this.directory, 'kubeconfig'), ...args);
  }

  /** kubectl's answer as JSON. */
  get(...args: readonly string[]): unknown {
    return JSON.parse(this.must(this.kubectl('get', '-o', 'json', ...args)));
  }

  /** Applies a file as K3s applies one of its manifests folder. */
  applyAsK3s(name: string, text: string): void {
    const config = join(this.directory, 'kubeconfig');
    this.must(this.run(join(programs(), 'k3s'), 'apply-manifests', config, this.file(name, text)));
  }

  /** Applies a file as Flux does. */
  applyAsFlux(name: string, text: string): void {
    const options = ['--server-side', '--force-conflicts', '--field-manager', 'kustomize-controller'];
    this.must(this.kubectl('apply', ...options, '-f', this.file(name, text)));
  }

  /** Applies a file as Argo CD does. */
  applyAsArgo(name: string, text: string): void {
    this.must(this.kubectl('apply', '-f', this.file(name, text)));
  }

  must({ status, stdout, stderr }: Ran): string {
    if (status !== 0) throw new Error(stderr);
    return stdout;
  }

  /** Has a program run beside it until it stops. */
  start(program: string, ...args: readonly string[]): void {
    this.beside.push(spawn('nsenter', ['-t', this.inside(), '-n', program, ...args], { stdio: 'ignore' }));
  }

  file(name: string, text: string): string {
    const file = join(this.directory, name);
    writeFileSync(file, text);
    return file;
  }

  private run(program: string, ...args: readonly string[]): Ran {
    const path = `${join(toolsDirectory(), 'bin')}:${process.env.PATH}`;
    const { status, stdout, stderr } = spawnSync('nsenter', ['-t', this.inside(), '-n', program, ...args], {
      encoding: 'utf8',
      env: { ...process.env, PATH: path },
    });
    return { status, stdout, stderr };
  }

  /** A process in the namespaces. */
  private inside(): string {
    return spawnSync('pgrep', ['-P', String(this.process.pid)], { encoding: 'utf8' }).stdout.trim();
  }
}
