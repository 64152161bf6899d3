import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import process from 'node:process';
import { closest, distance } from 'fastest-levenshtein';
import { print } from '../../diagnostics/print/print.ts';
import { showPath } from '../../diagnostics/show-path.ts';
import { type Change, changeNeedsMore } from '../../rehearse/change-step.ts';
import { deck } from '../../rehearse/deck/index.ts';
import type { Misfortune } from '../../rehearse/deck/misfortune.ts';
import { buildImage, imageIn } from '../../rehearse/image.ts';
import { makeImages } from '../../rehearse/images.ts';
import {
  type Facts,
  factsOf,
  lacks,
  lacksToPrepare,
  partsBuilder,
  preparation,
  thisHost,
  toolsIn,
} from '../../rehearse/needs.ts';
import { takePlace } from '../../rehearse/place.ts';
import { installer, prepare } from '../../rehearse/prepare.ts';
import type { Prepared } from '../../rehearse/prepared.ts';
import { rehearse } from '../../rehearse/rehearse.ts';
import { jsonReport, markdownReport, prettyReport } from '../../rehearse/report.ts';
import { isRed, type RehearsalResult } from '../../rehearse/result.ts';
import { watchStarters } from '../../rehearse/starters.ts';
import { rolloutBetween } from '../../rollout/rollout.ts';
import { chooseColors } from '../choose-colors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { findConfig } from '../find-config.ts';
import type { Io } from '../io.ts';
import { document } from '../output/format.ts';
import type { ReportFormat } from '../output/report-formats.ts';

/** `fjord rehearse`'s options, as typed. */
export interface RehearseFlags {
  /** Names of misfortunes, with commas between them. @default all */
  readonly only?: string;
  readonly list?: boolean;
  readonly prepare?: boolean;
  /** @default 'pretty' */
  readonly format?: ReportFormat;
}

/** Diagnostics of a name that no config has: one line is enough for them. */
const noFile: readonly string[] = ['load/not-found', 'load/not-a-file'];

/** Rehearses a platform on machines that are made for it, and prints what was lost and what did not come back. */
export async function rehearseCommand(
  oldFile: string | undefined,
  newFile: string | undefined,
  flags: RehearseFlags,
  io: Io,
): Promise<ExitCode> {
  const refuse = (lines: readonly string[], code: ExitCode = exitCodes.refused): ExitCode => {
    io.stderr.write(lines.map((line) => `fjord: ${line}\n`).join(''));
    return code;
  };
  if (flags.list) {
    const width = Math.max(...deck.map(({ name }) => name.length));
    io.stdout.write(deck.map(({ name, title }) => `${name.padEnd(width)}  ${title}\n`).join(''));
    return exitCodes.done;
  }
  const chosen = choose(flags.only);
  if (typeof chosen === 'string') return refuse([chosen], exitCodes.usage);

  const look = () => factsOf(toolsIn(io.env), io.env.PATH ?? '');
  if (flags.prepare) return prepareMachine(look(), io, refuse);

  const files = [oldFile === undefined ? findConfig(io.cwd) : resolve(io.cwd, oldFile)];
  if (newFile !== undefined) files.push(resolve(io.cwd, newFile));
  const platforms: Prepared[] = [];
  for (const file of files) {
    const one = await prepare(file, thisHost());
    if ('cannot' in one) return refuse([`${showPath(file, io.cwd)} cannot be rehearsed: ${one.cannot}`]);
    const [unread] = 'diagnostics' in one ? one.diagnostics : [];
    if (unread !== undefined && noFile.includes(unread.code)) {
      return refuse([`${unread.message}; ${unread.hint}`]);
    }
    if ('diagnostics' in one) {
      io.stderr.write(print(one.diagnostics, { colors: chooseColors(io, 'stderr'), cwd: io.cwd }));
      return refuse([
        `${showPath(file, io.cwd)} cannot be rehearsed, because of the errors above`,
        ...one.changes.map((change) => `it was changed for the rehearsal: ${change}`),
      ]);
    }
    platforms.push(one.prepared);
  }
  const [old, to] = platforms;
  const facts = look();
  const lacking = lacks(facts, old?.platform.nodes.length ?? 1);
  if (lacking.length > 0 || old === undefined || facts.parts === undefined) {
    return refuse(lacking.map((line) => `a rehearsal needs ${line}`));
  }
  const change = to && { from: old, to, rollout: rolloutOf(old, to) };
  const more = change && changeNeedsMore(change);
  if (more !== undefined) return refuse([`the change cannot be rehearsed: ${more}`]);
  const result = await perform(old, change, chosen, { ...facts, parts: facts.parts }, io);
  if (typeof result === 'string') return refuse([result]);
  switch (flags.format ?? 'pretty') {
    case 'json':
      io.stdout.write(document(jsonReport(result)));
      break;
    case 'markdown':
      io.stdout.write(markdownReport(result));
      break;
    case 'pretty':
      io.stdout.write(prettyReport(result, chooseColors(io, 'stdout')));
  }
  return result.steps.some(isRed) ? exitCodes.refused : exitCodes.done;
}

/** Rehearses, or says in one line why it did not or ended early. */
async function perform(
  old: Prepared,
  change: Change | undefined,
  chosen: readonly Misfortune[],
  facts: Facts & { readonly parts: string },
  io: Io,
): Promise<RehearsalResult | string> {
  const place = takePlace(facts.tools);
  if (typeof place === 'number')
    return `another rehearsal is going on, as process ${place}; wait for it, or end it`;
  const abort = new AbortController();
  const stop = () => abort.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const unwatch = watchStarters(stop);
  try {
    const image = imageIn(facts.tools);
    return await rehearse({
      old,
      change,
      deck: chosen,
      disk: image.disk,
      parts: facts.parts,
      images: makeImages(change ? [old, change.to] : [old], facts.parts, place.directory),
      internet: { mirror: image.mirror, installer, k3s: `${facts.parts}/bin/k3s` },
      directory: place.directory,
      tell: (line) => io.stderr.write(`${line}\n`),
      signal: abort.signal,
    });
  } catch (error) {
    if (abort.signal.aborted) return 'the rehearsal was ended; nothing of it is left';
    throw error;
  } finally {
    unwatch();
    place.leave();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function rolloutOf(old: Prepared, to: Prepared) {
  const rollout = rolloutBetween(old.texts, to.texts);
  return rollout === 'unknown' ? [] : rollout;
}

/** The misfortunes of `--only`, or what is wrong with it. */
function choose(only: string | undefined): readonly Misfortune[] | string {
  if (only === undefined) return deck;
  const all = deck.map(({ name }) => name);
  const names = only.split(',').flatMap((name) => name.trim() || []);
  if (names.length === 0) return '--only names no misfortune; fjord rehearse --list names them';
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) {
    const near = closest(unknown, all);
    const meant = distance(unknown, near) <= 2 ? `. Did you mean ${near}?` : '';
    return `there is no misfortune '${unknown}'; fjord rehearse --list names them${meant}`;
  }
  return deck.filter(({ name }) => names.includes(name));
}

/** Makes what rehearsals need, after saying what it takes. */
function prepareMachine(facts: Facts, io: Io, refuse: (lines: readonly string[]) => ExitCode): ExitCode {
  const lacking = lacksToPrepare(facts);
  if (lacking.length > 0) return refuse(lacking.map((line) => `--prepare needs ${line}`));
  for (const line of preparation(facts)) io.stderr.write(`${line}\n`);
  if (!facts.hasImage) {
    try {
      buildImage(facts.tools);
    } catch (error) {
      return refuse([error instanceof Error ? error.message : String(error)]);
    }
  }
  const { status } = spawnSync(partsBuilder, [], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...io.env },
  });
  if (status !== 0) return refuse(['the parts of Kubernetes could not be built; the lines above say why']);
  io.stdout.write(`Ready: ${facts.tools} has what rehearsals need.\n`);
  return exitCodes.done;
}
