/** A request as it arrived behind nginx. */
export interface UpstreamRequest {
  /** Counts the connections that nginx has opened, from 1. */
  readonly connection: number;
  readonly httpVersion: string;
  readonly method: string;
  readonly url: string;
  /** Small letters; several of one name are joined. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes of body. */
  readonly received: number;
}

/** A connection from a client to make. */
export interface Target {
  /** @default 127.0.0.1 */
  readonly address?: string;
  /** @default 443 */
  readonly port?: number;
  /** The client's own address. */
  readonly from?: string;
  /** The name in the handshake; `null`: none. Default: the platform's domain. */
  readonly servername?: string | null;
}

/** What to ask. */
export interface Ask extends Target {
  /** @default the platform's domain */
  readonly domain?: string;
  /** @default GET */
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The request's body: text, or that many bytes. */
  readonly body?: string | number;
  /** Whether it goes over one connection that all of these share. */
  readonly keep?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** At most the first 64 KiB. */
  readonly body: string;
  /** Bytes of body. */
  readonly size: number;
  /** Milliseconds from asking until each piece came. */
  readonly pieces: readonly number[];
  /** Milliseconds from asking to the end. */
  readonly took: number;
}

/** Bytes to send as they are, over TLS but on port 80. */
export interface Exchange extends Target {
  readonly bytes: string;
}

/** What a client is told to do. */
export type ClientTask =
  | { readonly do: 'ask'; readonly ask: Ask & { readonly domain: string } }
  | { readonly do: 'exchange'; readonly exchange: Exchange & { readonly domain: string } };

/** A task or a question with a number to know its reply by. */
export interface Numbered<T> {
  readonly number: number;
  readonly value: T;
}

export interface Reply {
  readonly number: number;
  readonly value?: unknown;
  /** The message of what went wrong instead. */
  readonly error?: string;
}
