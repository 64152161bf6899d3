import type { SovereigntyRecord } from '../../../artifacts/sovereignty.ts';
import type { Flow } from '../../../verify/flows/flow.ts';
import { isRefused, isTransfer } from '../../../verify/flows/flows.ts';

/** All flows of a platform, and the rules that they were checked by. */
export interface FlowReport {
  readonly platform: string;
  readonly flows: readonly Flow[];
  /** Undefined for a platform without `sovereignty`. */
  readonly rules: SovereigntyRecord | undefined;
}

/**
 * `refused`: an error. `excepted`: allowed by an exception with a reason. `inside`: place and owner are in the EEA or
 * Switzerland. `transfer`: place or owner is known to be elsewhere. `unknown`: neither is, but one of them is not known.
 */
export type FlowStatus = 'refused' | 'excepted' | 'inside' | 'transfer' | 'unknown';

export function statusOf(flow: Flow, { rules }: FlowReport): FlowStatus {
  if (rules !== undefined && isRefused(flow, rules)) return 'refused';
  if (flow.exception !== undefined) return 'excepted';
  if (!isTransfer(flow)) return 'inside';
  return isElsewhere(flow) ? 'transfer' : 'unknown';
}

/** True if something is known that is outside the EEA and Switzerland. */
export function isElsewhere(flow: Flow): boolean {
  const { country = 'NO', ownerCountry = 'NO' } = flow;
  return isTransfer({ ...flow, id: '', country, ownerCountry });
}

/** The words for what is not known. */
export const unknown = 'unknown';

/** `promised`, unless something stops the sender from calling another host. */
export function heldBy({ enforced }: Flow): 'enforced' | 'promised' {
  return enforced ? 'enforced' : 'promised';
}

export const carriesTitles = {
  request: 'nothing of yours',
  yours: 'yours, not personal',
  personal: 'perhaps personal data',
} as const;
