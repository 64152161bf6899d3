import type { Priority } from '../../config/functions/function.ts';
import type { FunctionHttp } from './http.ts';
import type { Stopping } from './stopping.ts';

/** One function. */
export interface PlatformFunction {
  readonly name: string;
  readonly image: string;
  readonly source: { readonly template: string; readonly handler: string } | undefined;
  readonly replicas: Replicas;
  /** Milliseconds. */
  readonly timeout: number;
  readonly memory: { readonly request: string; readonly limit: string };
  readonly cpu: { readonly request: string; readonly limit: string | undefined };
  /** What a copy may write. */
  readonly disk: string;
  /** By name: the user's, the watchdog's settings and the addresses of the functions that it calls. */
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly readOnlyRootFilesystem: boolean;
  /** Bytes. */
  readonly maxBody: number;
  /** Bytes that `/async-function/` takes of it; undefined where that is closed. */
  readonly asyncMaxBody: number | undefined;
  readonly schedule: Schedule | undefined;
  /** Names of the functions that it calls. */
  readonly calls: readonly string[];
  /** How nginx reaches it past the gateway; undefined where it does not. */
  readonly direct: Direct | undefined;
  /** Whether nginx offers it to the outside. If not, there is nothing in `http`. */
  readonly exposed: boolean;
  readonly http: FunctionHttp;
  readonly healthPath: string;
  readonly stopping: Stopping;
  readonly priority: Priority;
  readonly spread: 'preferred' | 'required' | 'off';
  readonly runAsUser: number;
  /** By key, without those that Fjord sets. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface Replicas {
  readonly min: number;
  readonly max: number;
  /** Calls a second above which there are more. */
  readonly rate: number;
  /** Percent of `max` that are added at a time. */
  readonly factor: number;
}

export interface Schedule {
  readonly cron: string;
  readonly timeZone: string;
  readonly async: boolean;
  readonly overlap: boolean;
}

export interface Direct {
  readonly address: string;
  /** Percent of the requested processor time. */
  readonly targetCpu: number;
}
