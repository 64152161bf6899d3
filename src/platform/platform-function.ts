/** One function. */
export interface PlatformFunction {
  readonly name: string;
  readonly image: string;
  readonly source: { readonly template: string; readonly handler: string } | undefined;
  readonly replicas: { readonly min: number; readonly max: number };
  /** Milliseconds. */
  readonly timeout: number;
  readonly memory: { readonly request: string; readonly limit: string };
  readonly cpu: { readonly request: string; readonly limit: string | undefined };
  /** By name. */
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly readOnlyRootFilesystem: boolean;
  /** Bytes. */
  readonly maxBody: number;
}
