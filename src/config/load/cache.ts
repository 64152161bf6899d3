/** What was computed once and is the same each time. Losing it costs time and nothing else. */
export interface Cache {
  /** @returns undefined if it is not there, or is not what was put there */
  read(key: CacheKey): Buffer | undefined;
  write(key: CacheKey, data: Uint8Array): void;
}

export interface CacheKey {
  /** What it is: letters and dashes. */
  readonly kind: string;
  /** All that the result depends on. */
  readonly of: readonly string[];
}
