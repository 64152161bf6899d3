import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Dist } from '../dist.ts';

/** One invariant across the files of a platform. */
export type Rule = (dist: Dist) => readonly Diagnostic[];
