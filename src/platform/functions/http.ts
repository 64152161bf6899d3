import type { Outsiders } from '../gateway/insiders.ts';
import type { RateLimit } from '../gateway/rate-limit.ts';

/** How nginx offers one function. */
export interface FunctionHttp {
  /** By name. */
  readonly domains: readonly string[];
  /** By name, without `/` at the end. */
  readonly paths: readonly string[];
  /** None: from everywhere. */
  readonly networks: Outsiders;
  readonly auth: FunctionAuth | undefined;
  /** Undefined: the gateway's. */
  readonly rateLimit: RateLimit | undefined;
  readonly cors: Cors | undefined;
  readonly stream: boolean;
  readonly websocket: boolean;
}

export type FunctionAuth =
  | { readonly kind: 'password'; readonly file: string }
  | { readonly kind: 'certificate' }
  | { readonly kind: 'function'; readonly name: string };

export interface Cors {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly credentials: boolean;
  /** Whole seconds. */
  readonly maxAge: number;
}
