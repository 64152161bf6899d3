import { capacityOf } from '../../platform/load/capacity-report.ts';
import { chooseColors } from '../choose-colors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { capacityDocument } from '../output/capacity-document.ts';
import { markdownDocument, printDocument } from '../output/document.ts';
import { document } from '../output/format.ts';
import type { ReportFormat } from '../output/report-formats.ts';
import { loadPlatform } from './load-platform.ts';

/** `fjord capacity`'s options, as typed. */
export interface CapacityFlags {
  /** @default the config file in the current directory */
  readonly config?: string;
  /** @default 'pretty' */
  readonly format?: ReportFormat;
}

/** Prints how much of its traffic a platform carries, and what is full first. */
export async function capacity({ config, format = 'pretty' }: CapacityFlags, io: Io): Promise<ExitCode> {
  const platform = await loadPlatform(config, io);
  if (platform === undefined) return exitCodes.refused;
  const report = capacityOf(platform);
  switch (format) {
    case 'json':
      io.stdout.write(document(report));
      break;
    case 'markdown':
      io.stdout.write(markdownDocument(capacityDocument(report)));
      break;
    case 'pretty':
      io.stdout.write(printDocument(capacityDocument(report), chooseColors(io, 'stdout')));
  }
  return exitCodes.done;
}
