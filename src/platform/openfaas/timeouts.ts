/** How long a call may take at each hop, in milliseconds; each is larger than the one before. */
export interface Timeouts {
  /** The longest function's `timeout`. */
  readonly exec: number;
  /** How long the gateway waits for the function. At least `exec`. */
  readonly upstream: number;
  /** How long the gateway's and provider's servers give a request. */
  readonly gateway: number;
  /** How long nginx waits for the gateway. */
  readonly nginx: number;
  /** How long anything that stops waits at most for running calls. */
  readonly stop: number;
}
