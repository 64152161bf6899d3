import type { Artifact } from '../artifacts/artifact.ts';
import type { Platform } from '../platform/platform.ts';

/** The input of a renderer. */
export interface RenderInput {
  readonly platform: Platform;
  /** The first line of each generated file. */
  readonly marker: string;
  /** The output of the renderers before this one. */
  readonly artifacts: readonly Artifact[];
}

/** Renders one kind of output from the platform. Pure. */
export type Renderer = (input: RenderInput) => readonly Artifact[];
