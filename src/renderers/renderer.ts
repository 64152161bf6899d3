import type { Artifact } from '../artifacts/artifact.ts';
import type { Platform } from '../platform/platform.ts';

/** What a renderer sees. */
export interface RenderInput {
  readonly platform: Platform;
  /** The first line of each generated file. */
  readonly marker: string;
  /** What the renderers before this one made. */
  readonly artifacts: readonly Artifact[];
}

/** One kind of output: platform in, files out. Pure. */
export type Renderer = (input: RenderInput) => readonly Artifact[];
