import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { diskBesides, logsOf } from '../logs/resolve.ts';
import type { Node } from '../nodes/node.ts';
import type { Platform } from '../platform.ts';

const mib = 1024 ** 2;

/** Bytes that one copy is counted with before there is a database to measure: it, certificates and keys, compressed. */
const oneCopy = 16 * mib;

/** The bytes that a new node needs for its copies: those that are kept, and the one being made. */
export function copiesOf({ backups }: Pick<Platform, 'backups'>, { first }: Node): number {
  return backups === undefined || !first ? 0 : (backups.keep + 1) * oneCopy;
}

/** Reports more copies than a disk whose size the config gives can hold. Logs that do not fit are reported by themselves. */
export function diagnoseRoomForCopies(platform: Platform): Diagnostic[] {
  return platform.nodes.flatMap((node) => {
    const copies = copiesOf(platform, node);
    const left = (node.disk ?? 0) - logsOf(platform, node) - diskBesides;
    if (node.disk === undefined || left < 0 || copies <= left) return [];
    return [
      report('resolve/copies-over-disk', ['backups', 'keep'], {
        node: node.name,
        keep: platform.backups?.keep ?? 0,
        copies: copies / mib,
        left: Math.floor(left / mib),
        most: Math.max(0, Math.floor(left / oneCopy) - 1),
      }),
    ];
  });
}
