import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { compileConfig } from '../../src/compile.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import type { Change } from '../../src/rehearse/change-step.ts';
import { deck } from '../../src/rehearse/deck/index.ts';
import { imageIn } from '../../src/rehearse/image.ts';
import { makeImages } from '../../src/rehearse/images.ts';
import { factsOf, thisHost } from '../../src/rehearse/needs.ts';
import { takePlace } from '../../src/rehearse/place.ts';
import { installer, prepareValue } from '../../src/rehearse/prepare.ts';
import type { Prepared } from '../../src/rehearse/prepared.ts';
import { rehearse } from '../../src/rehearse/rehearse.ts';
import type { RehearsalResult } from '../../src/rehearse/result.ts';
import { toolsDirectory } from '../conformance/tools-directory.ts';

/** A config as it is rehearsed here. */
export function preparedOf(config: PlatformConfig): Prepared {
  const { platform } = compileConfig(config, 'platform.config.ts');
  if (platform === undefined) throw new Error('it does not compile');
  const preparation = prepareValue(config, platform, thisHost(), 'platform.config.ts');
  if (!('prepared' in preparation)) throw new Error(JSON.stringify(preparation));
  return preparation.prepared;
}

export interface Rehearsed {
  readonly old: Prepared;
  readonly change?: Change;
  /** Names of misfortunes. */
  readonly only: readonly string[];
  /** Platforms whose images there are. @default all */
  readonly imagesOf?: readonly Prepared[];
}

/** Holds the place of rehearsals, and rehearses in it as `fjord rehearse` does. */
export class Rehearsing {
  private readonly tools = toolsDirectory();
  private readonly facts = factsOf(this.tools, process.env.PATH ?? '');
  private readonly place;

  constructor() {
    if (
      !this.facts.isRoot ||
      !existsSync(dirname(imageIn(this.tools).disk)) ||
      this.facts.parts === undefined
    ) {
      throw new Error('it needs root and what `fjord rehearse --prepare` makes');
    }
    const place = takePlace(this.tools);
    if (typeof place === 'number') throw new Error(`process ${place} rehearses`);
    this.place = place;
  }

  run({
    old,
    change,
    only,
    imagesOf = change ? [old, change.to] : [old],
  }: Rehearsed): Promise<RehearsalResult> {
    const { parts = '' } = this.facts;
    const { directory } = this.place;
    const image = imageIn(this.tools);
    return rehearse({
      old,
      change,
      deck: deck.filter(({ name }) => only.includes(name)),
      disk: image.disk,
      parts,
      images: makeImages(imagesOf, parts, directory),
      internet: { mirror: image.mirror, installer, k3s: `${parts}/bin/k3s` },
      directory,
      tell: () => {},
      signal: new AbortController().signal,
    });
  }

  end(): void {
    this.place.leave();
  }
}
