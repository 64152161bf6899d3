import { gzip } from 'pako';
import { places } from '../../platform/nodes/places.ts';
import type { DistNode } from '../dist.ts';

/** What a part of user-data takes. */
export interface Cost {
  /** A file's path on the node, or what else there is. */
  readonly part: string;
  /** Bytes of user-data that would not be there without it. */
  readonly bytes: number;
}

/**
 * What each file costs in a node's user-data, the dearest first. Files are compressed together, so a cost is what is
 * saved by leaving the one file out.
 */
export function userDataCosts({ files, size }: DistNode): Cost[] {
  const script = files.get(places.applyScript)?.text ?? '';
  const whole = encodedSize(script);
  const costs = [...files]
    .filter(([path, { text }]) => path !== places.applyScript && script.includes(text))
    .map(([part, { text }]) => ({ part, bytes: whole - encodedSize(script.replace(text, () => '')) }));
  const rest = costs.reduce((left, { bytes }) => left - bytes, size);
  return [...costs, { part: 'the script itself, packages and tokens', bytes: rest }].sort(
    (a, b) => b.bytes - a.bytes || (a.part < b.part ? -1 : 1),
  );
}

/** Bytes of a text that is gzipped and in base64, in blocks so large that the parts of a text do not show in their number. */
function encodedSize(text: string): number {
  return Math.ceil(gzip(text, { level: 9 }).length / 3) * 4;
}
