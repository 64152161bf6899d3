import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterChange } from './after-change.ts';
import { bootStep } from './boot-step.ts';
import { type Caller, callersAcross, callersOf } from './caller.ts';
import { Callers } from './callers.ts';
import { type Change, changeStep, newCallersStep } from './change-step.ts';
import type { Misfortune } from './deck/misfortune.ts';
import { Machine } from './machine.ts';
import {
  makeTokens,
  type OwnFilesOf,
  ownFilesFor,
  type Prepared,
  scriptsOf,
  userDataOf,
} from './prepared.ts';
import { Recorder, type Told } from './recorder.ts';
import { addressesOf } from './rehearsed-config.ts';
import type { RehearsalResult } from './result.ts';
import type { Stage } from './stage.ts';
import { type Internet, World } from './world.ts';

export interface RehearsalOptions {
  /** What runs first. */
  readonly old: Prepared;
  /** Undefined if it does not change. */
  readonly change: Change | undefined;
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
  const across = callersAcross(
    callersOf(old.platform, addresses),
    callersOf((change?.to ?? old).platform, addresses),
  );
  const running = new Callers(directory, across.before);
  const pair = selfSigned(directory, old.platform.domain);
  const ownFiles: OwnFilesOf = (node, one) => ownFilesFor(node, one, pair);
  const machines: Machine[] = [];
  let world: World | undefined;
  try {
    world = new World(internet);
    machines.push(...machinesOf(options, addresses, ownFiles, world));
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
      const { from, to } = change;
      const changed = { ...stage, platform: to.platform, scripts: scriptsOf(to) };
      await recorder.play(changeStep(change, across, ownFiles), stage, {
        stage: changed,
        expected: (node, before, now) => afterChange(node, before, now, from, to),
      });
      stage = changed;
      recorder.expect(stage);
      if (across.after.length > across.during.length) await recorder.play(newCallersStep(across), stage);
    }
    if (recorder.hasAnswered()) {
      for (const misfortune of deck) await recorder.play(misfortune, stage);
    }
    return {
      platform: old.platform.name,
      changes: [...new Set([...old.changes, ...(change?.to.changes ?? [])])],
      callers: [
        ...across.before.map((caller) =>
          shown(caller, across.during.includes(caller) ? '' : ', until the change'),
        ),
        ...across.after
          .filter((caller) => !across.during.includes(caller))
          .map((caller) => shown(caller, ', after the change')),
      ],
      steps: recorder.results(),
      seconds: Math.round((Date.now() - began) / 1000),
    };
  } finally {
    running.stop();
    for (const machine of machines) await machine.remove();
    world?.stop();
  }
}

function shown({ name, way, every }: Caller, when: string): string {
  const rate = Math.round(10_000 / every) / 10;
  return `${name}: ${rate} calls a second, ${way === 'https' ? 'as a customer, by https' : "on the node, at the gateway's address"}${when}`;
}

function machinesOf(
  { old, disk, parts, directory, images }: RehearsalOptions,
  addresses: ReadonlyMap<string, string>,
  ownFiles: OwnFilesOf,
  world: World,
): Machine[] {
  const tokens = makeTokens();
  const nodes = [...old.platform.nodes].sort((a, b) => Number(b.first) - Number(a.first));
  return nodes.map(
    ({ name }) =>
      new Machine({
        name,
        userData: userDataOf(name, old, tokens),
        ownFiles: ownFiles(name, old),
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
