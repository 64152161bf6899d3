import type { Architecture, NodeConfig, ProviderName } from '../../config/nodes/node.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { nearest } from '../../diagnostics/suggest.ts';
import { parseMemory } from '../../units/amounts.ts';

/** The size of a machine that a provider rents out under one name. */
export interface Plan {
  /** Bytes. */
  readonly memory: number;
  readonly cpus: number;
  /** Bytes; undefined where the disk is chosen apart from the plan. */
  readonly disk: number | undefined;
  readonly arch: Architecture;
}

/** The plans of one provider as of a day. */
export interface PlanTable {
  readonly asOf: string;
  readonly source: string;
  readonly plans: ReadonlyMap<string, Plan>;
}

const gib = 1024 ** 3;
const gb = 1000 ** 3;

type Row = readonly [name: string, cpus: number, memoryGiB: number, disk?: number];

function table(asOf: string, source: string, diskUnit: number, rows: readonly Row[]): PlanTable {
  const plans = rows.map(([name, cpus, memory, disk]) => {
    const arch: Architecture = name.startsWith('cax') ? 'arm64' : 'amd64';
    return [name, { cpus, memory: memory * gib, disk: disk && disk * diskUnit, arch }] as const;
  });
  return { asOf, source, plans: new Map(plans) };
}

/**
 * What providers rent out, by the names that their own interfaces take. A provider without a table here is one whose figures
 * could not be confirmed from two places.
 */
export const planTables: Readonly<Partial<Record<ProviderName, PlanTable>>> = {
  hetzner: table(
    '2026-09-08',
    'answers of its API, GET /v1/server_types, kept in public repositories, compared with machines that others measured',
    gb,
    [
      ['cx23', 2, 4, 40],
      ['cx33', 4, 8, 80],
      ['cx43', 8, 16, 160],
      ['cx53', 16, 32, 320],
      ['cax11', 2, 4, 40],
      ['cax21', 4, 8, 80],
      ['cax31', 8, 16, 160],
      ['cax41', 16, 32, 320],
      ['cpx22', 2, 4, 80],
      ['cpx32', 4, 8, 160],
      ['cpx42', 8, 16, 320],
      ['cpx52', 12, 24, 480],
      ['cpx62', 16, 32, 640],
      ['ccx13', 2, 8, 80],
      ['ccx23', 4, 16, 160],
      ['ccx33', 8, 32, 240],
      ['ccx43', 16, 64, 360],
    ],
  ),
  upcloud: table(
    '2026-09-27',
    'an answer of its API, GET /1.3/plan, in its own Go library (2020), compared with a Terraform module of today',
    gib,
    [
      ['1xCPU-1GB', 1, 1, 25],
      ['1xCPU-2GB', 1, 2, 50],
      ['2xCPU-4GB', 2, 4, 80],
      ['4xCPU-8GB', 4, 8, 160],
      ['6xCPU-16GB', 6, 16, 320],
      ['8xCPU-32GB', 8, 32, 640],
      ['12xCPU-48GB', 12, 48, 960],
      ['16xCPU-64GB', 16, 64, 1280],
    ],
  ),
  scaleway: table(
    '2026-09-30',
    'its datasheet of instances (docs-content, validated that day), compared with a list in a public repository',
    gb,
    [
      ['BASIC3-X2C-4G', 2, 4],
      ['BASIC3-X2C-8G', 2, 8],
      ['BASIC3-X4C-8G', 4, 8],
      ['BASIC3-X4C-16G', 4, 16],
      ['BASIC3-X8C-16G', 8, 16],
      ['BASIC3-X8C-32G', 8, 32],
      ['STANDARD3-X2C-8G', 2, 8],
      ['STANDARD3-X4C-16G', 4, 16],
      ['STANDARD3-X8C-32G', 8, 32],
      ['STANDARD3-X16C-64G', 16, 64],
    ],
  ),
};

/** The plan that a node names, in any case of letters; undefined if it names none, or none that is known. */
export function planOf({ plan, provider = 'generic' }: NodeConfig): Plan | undefined {
  const wanted = plan?.toLowerCase();
  return [...(planTables[provider]?.plans ?? [])].find(([name]) => name.toLowerCase() === wanted)?.[1];
}

/** Reports a plan that the provider does not have, and sizes beside it that it contradicts. */
export function diagnosePlan(name: string, node: NodeConfig): Diagnostic[] {
  if (node.plan === undefined) return [];
  const path = ['nodes', name];
  const { plan, provider = 'generic' } = node;
  const known = planTables[provider];
  if (known === undefined) {
    const withTable = Object.keys(planTables).sort();
    return [report('resolve/plans-unlisted', [...path, 'plan'], { plan, provider, withTable })];
  }
  const found = planOf(node);
  if (found === undefined) {
    const names = [...known.plans.keys()];
    const params = { plan, provider, asOf: known.asOf, meant: nearest(plan, names), names };
    return [report('resolve/plan-unknown', [...path, 'plan'], params)];
  }
  const { memory, cpus, arch } = node;
  const sizes: [key: 'memory' | 'cpus' | 'arch', written: unknown, same: boolean, has: string][] = [
    [
      'memory',
      memory,
      memory !== undefined && parseMemory(memory) === found.memory,
      `'${found.memory / gib}Gi'`,
    ],
    ['cpus', cpus, cpus === found.cpus, String(found.cpus)],
    ['arch', arch, arch === found.arch, `'${found.arch}'`],
  ];
  return sizes
    .filter(([, written, same]) => written !== undefined && !same)
    .map(([key, written, , has]) =>
      report('resolve/plan-contradicted', [...path, key], { plan, key, has, written: String(written) }),
    );
}
