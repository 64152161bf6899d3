import { Deflate } from 'pako';
import { places } from '../../platform/nodes/places.ts';
import type { DistNode } from '../dist.ts';

/** What a part of user-data takes. */
export interface Cost {
  /** A file's path on the node, or what else there is. */
  readonly part: string;
  /** Bytes of user-data that it takes, to about a tenth. */
  readonly bytes: number;
}

interface Piece {
  readonly part: string;
  /** Where it begins and ends in the script. */
  readonly from: number;
  readonly to: number;
}

/**
 * What each file takes in a node's user-data, the dearest first. Files are compressed together, so this is what a file
 * adds to those before it.
 */
export function userDataCosts({ files, size }: DistNode): Cost[] {
  const script = files.get(places.applyScript)?.text ?? '';
  const costs = sizesOf(script, piecesOf(script, files));
  const rest = costs.reduce((left, { bytes }) => left - bytes, size);
  return [...costs, { part: 'the script itself, packages and tokens', bytes: rest }].sort(
    (a, b) => b.bytes - a.bytes || (a.part < b.part ? -1 : 1),
  );
}

/** The files that are in the script, in its order. */
function piecesOf(script: string, files: DistNode['files']): Piece[] {
  return [...files]
    .filter(([path]) => path !== places.applyScript)
    .map(([part, { text }]) => {
      const from = script.indexOf(text);
      return { part, from, to: from + text.length };
    })
    .filter(({ from }) => from >= 0)
    .sort((a, b) => a.from - b.from || a.to - b.to);
}

/** The compressor's output is flushed after each piece, so that one pass shows what all of them take. */
function sizesOf(script: string, pieces: readonly Piece[]): Cost[] {
  const deflate = new Deflate({ level: 9, raw: true });
  let written = 0;
  let at = 0;
  deflate.onData = (chunk) => {
    written += chunk.length;
  };
  const add = (to: number): number => {
    const before = written;
    if (to > at) deflate.push(script.slice(at, to), flushed);
    at = Math.max(at, to);
    return written - before;
  };
  return pieces.map(({ part, from, to }) => {
    add(from);
    return { part, bytes: Math.max(1, Math.round(((add(to) - marker) * 4) / 3)) };
  });
}

/** Zlib's `Z_SYNC_FLUSH`, and the bytes that it writes to mark the end of a piece. */
const flushed = 2;
const marker = 4;
