import type { Artifact } from '../artifacts/artifact.ts';
import type { Remember } from '../artifacts/remember.ts';
import type { Platform } from '../platform/platform.ts';

/** The input of a renderer. */
export interface RenderInput {
  readonly platform: Platform;
  /** The first line of each generated file. */
  readonly marker: string;
  /** The output of the renderers before this one. */
  readonly artifacts: readonly Artifact[];
  /** Keeps what takes long to make, for who renders a platform again after each change. */
  readonly remember: Remember;
}

/** Renders one kind of output from the platform. Pure. */
export type Renderer = (input: RenderInput) => readonly Artifact[];
