/** nginx in front. */
export interface Gateway {
  readonly tls: { readonly staging: boolean; readonly email: string | undefined };
  readonly rateLimit: { readonly rate: string; readonly burst: number };
  readonly connectionLimit: number;
  /** Bytes. */
  readonly maxBody: number;
  /** Sizes in bytes. */
  readonly buffers: { readonly count: number; readonly size: number; readonly header: number };
}
