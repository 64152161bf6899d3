import { isAbsolute, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ArtifactLocation, Location, Log, PhysicalLocation, ReportingDescriptor, Result } from 'sarif';
import type { Difference } from '../../artifacts/difference.ts';
import { type Code, codes } from '../../diagnostics/codes.ts';
import { formatPath } from '../../diagnostics/config-path.ts';
import type { Severity } from '../../diagnostics/definition.ts';
import type { Diagnostic, SourceLocation } from '../../diagnostics/diagnostic.ts';
import { readVersion } from '../../version.ts';
import { artifactFile } from './artifact-file.ts';

export interface Places {
  /** Absolute; files are named relative to it. */
  readonly cwd: string;
  /** Absolute; artifacts are below it. */
  readonly outDir: string;
}

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** Prints diagnostics, and differences of `--check`, as SARIF 2.1.0, which code hosts and editors show at their lines. */
export function toSarif(
  diagnostics: readonly Diagnostic[],
  places: Places,
  differences: readonly Difference[] = [],
): Log {
  const rules = [...new Set(diagnostics.map(({ code }) => code))].sort();
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'fjord', version: readVersion(), rules: rules.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: [
          ...diagnostics.map((diagnostic) => resultOf(diagnostic, rules, places)),
          ...differences.map((difference) => differenceOf(difference, places)),
        ],
      },
    ],
  };
}

function ruleOf(code: Code): ReportingDescriptor {
  const { severity, meaning } = codes[code];
  return {
    id: code,
    defaultConfiguration: { level: levels[severity] },
    fullDescription: { text: meaning },
  };
}

function resultOf(diagnostic: Diagnostic, rules: readonly Code[], places: Places): Result {
  const { code, severity, message, hint, path } = diagnostic;
  const locations = locationsOf(diagnostic, places);
  const subject = path.length > 0 ? `${formatPath(path)}: ` : '';
  return {
    ruleId: code,
    ruleIndex: rules.indexOf(code),
    level: levels[severity],
    message: { text: `${subject}${message}\n${hint}` },
    ...(locations.length > 0 && { locations }),
  };
}

function differenceOf({ path, kind, line }: Difference, { cwd, outDir }: Places): Result {
  const region = line !== undefined && kind === 'changed' ? { region: { startLine: line } } : {};
  return {
    level: 'error',
    message: { text: `${path} is out of date (${kind})\nrun fjord synth` },
    locations: [{ physicalLocation: { artifactLocation: uriOf(join(outDir, path), cwd), ...region } }],
  };
}

/** The place in the config, if known, and the place in the artifact, if one is wrong. */
function locationsOf({ location, artifact, path }: Diagnostic, { cwd, outDir }: Places): Location[] {
  const names = path.length > 0 ? [{ fullyQualifiedName: formatPath(path), kind: 'member' }] : undefined;
  const physical: PhysicalLocation[] = [];
  if (location) {
    physical.push({ artifactLocation: uriOf(location.file, cwd), region: regionOf(location) });
  }
  if (artifact) {
    const { file, line } = artifactFile(artifact, outDir);
    physical.push({
      artifactLocation: uriOf(file, cwd),
      ...(line !== undefined && { region: { startLine: line } }),
    });
  }
  return physical.map((physicalLocation) => ({
    physicalLocation,
    ...(names && { logicalLocations: names }),
  }));
}

function regionOf({ line, column, length, text }: SourceLocation): PhysicalLocation['region'] {
  return {
    startLine: line,
    startColumn: column,
    endLine: line,
    endColumn: column + length,
    snippet: { text },
  };
}

/** A URI relative to the current directory, which code hosts use as the repository's root; absolute for files outside of it. */
function uriOf(file: string, cwd: string): ArtifactLocation {
  const path = relative(cwd, file);
  if (isAbsolute(path) || path === '..' || path.startsWith(`..${sep}`))
    return { uri: pathToFileURL(file).href };
  return { uri: path.split(sep).map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}
