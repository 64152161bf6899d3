import { missingOn } from './comes-back.ts';
import type { Misfortune } from './deck/misfortune.ts';
import { lossesIn, type Period } from './losses.ts';
import type { Machine } from './machine.ts';
import { type NodeState, readNodeState, stateScript } from './node-state.ts';
import type { StepResult } from './result.ts';
import type { Stage } from './stage.ts';

/** Gets a line when something begins or has ended. */
export type Told = (line: string) => void;

interface Played extends Omit<StepResult, 'losses'> {
  readonly period: Period;
}

/** What is to be after a step that changes the platform. */
export interface After {
  readonly stage: Stage;
  /** A node's state, from what it was before and what it is now. */
  readonly expected: (node: string, before: NodeState, now: NodeState) => NodeState;
}

/** Seconds in which every caller must have had an answer before all counts as back. */
const goodFor = 3;

/** Plays the steps of a rehearsal, and writes down what each came to. */
export class Recorder {
  private readonly tell: Told;
  private readonly signal: AbortSignal;
  private readonly played: Played[] = [];
  private readonly callers: Stage['callers'];
  private before = new Map<string, NodeState>();

  constructor({ callers }: Stage, tell: Told, signal: AbortSignal) {
    this.callers = callers;
    this.tell = tell;
    this.signal = signal;
  }

  /** Takes the state of the nodes as what must come back from now on. */
  expect(stage: Stage): void {
    this.before = new Map(stage.machines.map((machine) => [machine.name, stateOf(machine, stage)]));
  }

  /**
   * Lets a step happen, and waits until all is back.
   *
   * @param after what is to be there then, if that is not what was there before
   */
  async play(step: Misfortune, stage: Stage, after?: After): Promise<void> {
    this.signal.throwIfAborted();
    const { name, title, losesNoCall } = step;
    const leftOut = step.leftOut?.(stage);
    const began = Date.now();
    if (leftOut !== undefined) {
      this.played.push({
        ...{ name, title, losesNoCall, leftOut, notBack: [], back: undefined },
        period: { name, began, ended: began },
      });
      return;
    }
    this.tell(`${name}: ${title}`);
    const isFirst = this.before.size === 0;
    const wrong: string[] = [];
    let note: string | undefined;
    try {
      note = await step.strike(stage);
    } catch (error) {
      this.signal.throwIfAborted();
      wrong.push(error instanceof Error ? error.message : String(error));
    }
    const struck = Date.now();
    const missing = await this.untilBack(after?.stage ?? stage, struck, step.backWithin, after?.expected);
    if (isFirst) this.expect(stage);
    const ended = Date.now();
    const notBack = [...wrong, ...missing];
    const back = missing.length === 0 ? Math.round((ended - struck) / 1000) : undefined;
    const period = { name, began, ended };
    this.played.push({ name, title, losesNoCall, notBack, back, note, period });
    const { calls, lost, away } = lossesIn(period, this.callers.calls());
    this.tell(
      `  ${calls} calls, ${lost} lost, ${away.toFixed(1)} s away${notBack.map((line) => `\n  ! ${line}`).join('')}`,
    );
  }

  /** Whether every caller had an answer. */
  hasAnswered(): boolean {
    return this.callers.unanswered(0).length === 0;
  }

  results(): StepResult[] {
    const calls = this.callers.calls();
    return this.played.map(({ period, ...rest }) => ({ ...rest, losses: lossesIn(period, calls) }));
  }

  /** Waits until nothing is missing; returns what still is when time is up. */
  private async untilBack(
    stage: Stage,
    since: number,
    seconds: number,
    expected?: After['expected'],
  ): Promise<string[]> {
    const end = since + seconds * 1000;
    for (;;) {
      await stage.wait(1);
      const missing = this.missing(stage, since, expected);
      if (missing.length === 0 || Date.now() > end) return missing;
    }
  }

  private missing(
    stage: Stage,
    since: number,
    expected: After['expected'] = (_, before) => before,
  ): string[] {
    const now = Date.now();
    if (now - since < goodFor * 1000) return ['too early'];
    const { logs } = stage.platform;
    return [
      ...this.callers.unanswered(now - goodFor * 1000).map((name) => `${name} does not answer`),
      ...stage.machines.flatMap((machine) => {
        const before = this.before.get(machine.name);
        const state = stateOf(machine, stage);
        if (before === undefined) return notReady(machine.name, state);
        const wanted = expected(machine.name, before, state);
        return missingOn(machine.name, wanted, state, { journal: logs.journal, nginx: logs.nginx.total });
      }),
    ];
  }
}

/** What is not up at first, when there is nothing to compare with. */
function notReady(node: string, { workloads = {} }: NodeState): string[] {
  return Object.entries(workloads)
    .filter(([, { wanted, ready }]) => ready < wanted)
    .map(([name, { wanted, ready }]) => `${node}: ${name} has ${ready} of ${wanted} pods ready`);
}

function stateOf(machine: Machine, { platform, scripts }: Stage): NodeState {
  const script = scripts.get(machine.name) ?? '';
  const units = [
    ...script.matchAll(/^put \d+ \/etc\/systemd\/system\/([^/\s]+\.(?:service|timer|path))/gm),
  ].map(([, unit = '']) => unit);
  const others = [
    'nginx.service',
    'k3s.service',
    'k3s-agent.service',
    'ssh.service',
    'systemd-journald.service',
  ];
  const node = platform.nodes.find(({ name }) => name === machine.name);
  const keys = (node?.sysctls ?? []).filter(({ value }) => value !== undefined).map(({ key }) => key);
  const { stdout } = machine.run(
    'bash',
    '-c',
    stateScript,
    'state',
    [...units, ...others].join(' '),
    keys.join(' '),
  );
  return readNodeState(stdout);
}
