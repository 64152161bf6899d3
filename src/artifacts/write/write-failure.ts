import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { OutputPlace } from '../disk/output-place.ts';
import { errorCode } from '../disk/read-if-possible.ts';

/** The diagnostic for an error of the operating system while writing; undefined for other errors, which are our bugs. */
export function explainWriteFailure(error: unknown, place: OutputPlace): Diagnostic | undefined {
  const reason = errorCode(error);
  const { shown: path } = place;
  switch (reason) {
    case undefined:
      return undefined;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return report('write/not-writable', [], { path: pathOf(error, place), reason });
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return report('write/no-space', [], { path, reason });
    case 'EBUSY':
    case 'EXDEV':
      return report('write/cannot-swap', [], { out: path, reason });
    default:
      return report('write/failed', [], { path, reason });
  }
}

/** The path that the system refused, unless it is one of those beside the output directory. */
function pathOf(error: unknown, place: OutputPlace): string {
  if (!(error instanceof Error) || !('path' in error) || typeof error.path !== 'string') return place.shown;
  return error.path.startsWith(place.claimPrefix) || error.path.startsWith(place.staged)
    ? place.parent
    : error.path;
}
