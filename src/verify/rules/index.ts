import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Dist } from '../dist.ts';
import { chartSafe } from './chart-safe.ts';
import { durationsInOrder } from './durations-in-order.ts';
import { embeddedAsBeside } from './embedded-as-beside.ts';
import { functionsDeployed } from './functions-deployed.ts';
import { listedAsPresent } from './listed-as-present.ts';
import { nothingExposed } from './nothing-exposed.ts';
import { portsForNginx } from './ports-for-nginx.ts';
import { secretsMade } from './secrets-made.ts';
import { upstreamsAreServices } from './upstreams-are-services.ts';
import { userDataFits } from './user-data-fits.ts';

/** One invariant across the files of a platform. */
export type Rule = (dist: Dist) => readonly Diagnostic[];

/** Every cross-check between artifacts. */
export const rules: readonly Rule[] = [
  listedAsPresent,
  embeddedAsBeside,
  upstreamsAreServices,
  nothingExposed,
  portsForNginx,
  secretsMade,
  chartSafe,
  durationsInOrder,
  functionsDeployed,
  userDataFits,
];
