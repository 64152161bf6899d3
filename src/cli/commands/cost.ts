import { compareCosts } from '../../platform/cost/comparison.ts';
import { chooseColors } from '../choose-colors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { costChart } from '../output/cost-chart.ts';
import { costDocument } from '../output/cost-document.ts';
import { costJson } from '../output/cost-json.ts';
import { markdownDocument, printDocument } from '../output/document.ts';
import { document } from '../output/format.ts';
import type { CostFormat } from '../output/report-formats.ts';
import { loadPlatform } from './load-platform.ts';

/** `fjord cost`'s options, as typed. */
export interface CostFlags {
  /** @default the config file in the current directory */
  readonly config?: string;
  /** @default 'pretty' */
  readonly format?: CostFormat;
}

/** Prints what a platform costs, and what public clouds would bill for its traffic. */
export async function cost({ config, format = 'pretty' }: CostFlags, io: Io): Promise<ExitCode> {
  const platform = await loadPlatform(config, io);
  if (platform === undefined) return exitCodes.refused;
  const comparison = compareCosts(platform);
  switch (format) {
    case 'json':
      io.stdout.write(document(costJson(comparison)));
      break;
    case 'markdown':
      io.stdout.write(markdownDocument(costDocument(comparison, 'whole')));
      break;
    case 'svg': {
      const chart = costChart(comparison);
      if (chart === undefined) {
        io.stderr.write(
          'fjord: a chart needs traffic of a function, and a rate of USD if the prices have another currency\n',
        );
        return exitCodes.refused;
      }
      io.stdout.write(chart);
      break;
    }
    case 'pretty':
      io.stdout.write(printDocument(costDocument(comparison, 'host'), chooseColors(io, 'stdout')));
  }
  return exitCodes.done;
}
