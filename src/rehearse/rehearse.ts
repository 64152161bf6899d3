import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RolloutStep } from '../rollout/step.ts';
import { bootStep } from './boot-step.ts';
import { Callers, callersOf } from './callers.ts';
import { changeStep } from './change-step.ts';
import type { Misfortune } from './deck/misfortune.ts';
import { Machine } from './machine.ts';
import { makeTokens, ownFilesFor, type Prepared, scriptsOf, userDataOf } from './prepared.ts';
import { Recorder, type Told } from './recorder.ts';
import { addressesOf } from './rehearsed-config.ts';
import type { RehearsalResult } from './result.ts';
import type { Stage } from './stage.ts';
import { type Internet, World } from './world.ts';

export interface RehearsalOptions {
  /** What runs first. */
  readonly old: Prepared;
  /** What it changes to, and how; undefined if it does not. */
  readonly change: { readonly to: Prepared; readonly rollout: readonly RolloutStep[] } | undefined;
  readonly deck: readonly Misfortune[];
  /** The Debian of each machine. */
  readonly disk: string;
  /** The programs that K3s is made of. */
  readonly parts: string;
  readonly internet: Internet;
  /** A directory of the images that the parts do not have. */
  readonly images?: string | undefined;
  /** Where its files are, while it runs. */
  readonly directory: string;
  readonly tell: Told;
  /** Ends it early. What it made is removed. */
  readonly signal: AbortSignal;
}

/**
 * Boots a platform's machines, calls its functions, changes it and lets misfortunes happen to it. Nothing of it is left
 * when this returns or throws.
 */
export async function rehearse(options: RehearsalOptions): Promise<RehearsalResult> {
  const began = Date.now();
  const { old, change, deck, internet, directory, tell, signal } = options;
  const addresses = addressesOf(old.platform);
  const callers = callersOf(old.platform, addresses);
  const running = new Callers(directory, callers);
  const machines: Machine[] = [];
  let world: World | undefined;
  try {
    world = new World(internet);
    machines.push(...machinesOf(options, addresses, world));
    let stage: Stage = {
      world,
      machines,
      callers: running,
      platform: old.platform,
      scripts: scriptsOf(old),
      wait: (seconds) => pause(seconds, signal),
    };
    const recorder = new Recorder(stage, tell, signal);
    await recorder.play(bootStep(old), stage);
    if (change !== undefined) {
      await recorder.play(changeStep(change.to, change.rollout), stage);
      stage = { ...stage, platform: change.to.platform, scripts: scriptsOf(change.to) };
      recorder.expect(stage);
    }
    if (recorder.hasAnswered()) {
      for (const misfortune of deck) await recorder.play(misfortune, stage);
    }
    return {
      platform: old.platform.name,
      changes: [...new Set([...old.changes, ...(change?.to.changes ?? [])])],
      callers: callers.map(
        ({ name, way, every }) =>
          `${name}: ${Math.round(10_000 / every) / 10} calls a second, ${way === 'https' ? 'as a customer, by https' : "on the node, at the gateway's address"}`,
      ),
      steps: recorder.results(),
      seconds: Math.round((Date.now() - began) / 1000),
    };
  } finally {
    running.stop();
    for (const machine of machines) await machine.remove();
    world?.stop();
  }
}

function machinesOf(
  { old, disk, parts, directory, images }: RehearsalOptions,
  addresses: ReadonlyMap<string, string>,
  world: World,
): Machine[] {
  const tokens = makeTokens();
  const pair = selfSigned(directory, old.platform.domain);
  const nodes = [...old.platform.nodes].sort((a, b) => Number(b.first) - Number(a.first));
  return nodes.map(
    ({ name }) =>
      new Machine({
        name,
        userData: userDataOf(name, old, tokens),
        ownFiles: ownFilesFor(name, old, pair),
        address: addresses.get(name) ?? '',
        disk,
        parts,
        images,
        directory: join(directory, name),
        world,
      }),
  );
}

function selfSigned(directory: string, domain: string): { certificate: string; key: string } {
  const [key, certificate] = [join(directory, 'key.pem'), join(directory, 'certificate.pem')];
  const made = [
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-noenc',
    '-days',
    '400',
  ];
  const named = ['-subj', `/CN=${domain.slice(0, 64)}`, '-addext', `subjectAltName=DNS:${domain}`];
  execFileSync('openssl', ['req', ...made, ...named, '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  });
  return { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
}

/** @throws when the rehearsal is ended */
function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, seconds * 1000);
    signal.addEventListener('abort', stop, { once: true });
  });
}
