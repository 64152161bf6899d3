import { dirname, join, resolve } from 'node:path';
import type { Compile } from '../../compile-result.ts';
import { formatPath } from '../../diagnostics/config-path.ts';
import { hasErrors } from '../../diagnostics/diagnostic.ts';
import { print } from '../../diagnostics/print/print.ts';
import { flowsOf } from '../../verify/flows/flows.ts';
import { readDist } from '../../verify/read/dist.ts';
import { chooseColors } from '../choose-colors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { findConfig } from '../find-config.ts';
import type { Io } from '../io.ts';
import { flowsMarkdown, processingRegister, transferAssessment } from '../output/flows/flow-documents.ts';
import { type FlowReport, heldBy, statusOf } from '../output/flows/flow-report.ts';
import type { FlowsFormat } from '../output/flows/flows-formats.ts';
import { printFlows } from '../output/flows/print-flows.ts';
import { document } from '../output/format.ts';

/** `fjord flows`' options, as typed. */
export interface FlowsFlags {
  /** @default the config file in the current directory */
  readonly config?: string;
  /** @default 'pretty' */
  readonly format?: FlowsFormat;
}

/** Compiles the config, writes nothing, and prints the flows of what it compiles to. */
export async function flows(
  { config, format = 'pretty' }: FlowsFlags,
  io: Io,
  compile: Compile,
): Promise<ExitCode> {
  const configFile = config === undefined ? findConfig(io.cwd) : resolve(io.cwd, config);
  const outDir = join(dirname(configFile), 'dist');
  const { artifacts, diagnostics } = await compile({
    configFile,
    outDir,
    mode: 'check',
    strict: false,
    cwd: io.cwd,
    cache: io.cache,
  });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  io.stderr.write(print(errors, { colors: chooseColors(io, 'stderr'), cwd: io.cwd }));
  const [dist] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
  if (dist === undefined) {
    io.stderr.write('\nThere are no flows to list, because of the errors above.\n');
    return exitCodes.refused;
  }
  const report = { platform: dist.lock.platform, flows: flowsOf(dist), rules: dist.lock.sovereignty };
  io.stdout.write(printed(report, format, io));
  return hasErrors(diagnostics) ? exitCodes.refused : exitCodes.done;
}

function printed(report: FlowReport, format: FlowsFormat, io: Io): string {
  switch (format) {
    case 'json':
      return document(toJson(report));
    case 'markdown':
      return flowsMarkdown(report);
    case 'assessment':
      return transferAssessment(report);
    case 'register':
      return processingRegister(report);
    case 'pretty':
      return printFlows(report, chooseColors(io, 'stdout'));
  }
}

/** `null` is what is not known. */
function toJson(report: FlowReport): unknown {
  return {
    platform: report.platform,
    policy: report.rules?.policy ?? null,
    flows: report.flows.map((flow) => ({
      id: flow.id,
      to: flow.to,
      from: flow.from,
      data: flow.data,
      carries: flow.carries,
      when: flow.when,
      why: flow.why,
      avoid: flow.avoid,
      country: flow.country ?? null,
      owner: flow.owner ?? null,
      ownerCountry: flow.ownerCountry ?? null,
      source: flow.source ?? null,
      asOf: flow.asOf ?? null,
      status: statusOf(flow, report),
      exception: flow.exception ?? null,
      held: heldBy(flow),
      declared: formatPath(flow.path),
      file: flow.artifact?.path ?? null,
      line: flow.artifact?.line ?? null,
    })),
  };
}
