import { expect, it, vi } from 'vitest';
import { type AcceptedFinding, acceptedFindings } from './accepted-findings.ts';
import { distDirectories } from './dist-directories.ts';
import { lockOf, manifestStream } from './dist-manifests.ts';
import { describeWithTool } from './real-tool.ts';
import { runTool } from './run-tool.ts';

vi.setConfig({ testTimeout: 60_000 });

/** One object that does not have the best grade in one check. */
interface Finding {
  readonly check: string;
  /** `kind namespace/name` */
  readonly object: string;
  readonly says: string;
}

interface Scored {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string; readonly namespace?: string };
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

describeWithTool('kube-score', 'kube-score finds nothing that is not accepted', (kubeScore) => {
  const used = new Set<AcceptedFinding>();

  it.each(distDirectories().map((dist) => [dist.name, dist] as const))('in %s', (_, dist) => {
    const { minor, install } = lockOf(dist);
    const args = ['score', '--output-format', 'json', '--kubernetes-version', `v${minor}`, '-'];
    const { stdout } = runTool(kubeScore, args, manifestStream(dist));
    const unaccepted = findings(JSON.parse(stdout)).filter((finding) => {
      const accepted = acceptedFindings.find(
        ({ check, of, ofChart }) =>
          check === finding.check && of.test(finding.object) && (!ofChart || install === 'helm'),
      );
      if (accepted) used.add(accepted);
      return accepted === undefined;
    });
    expect(unaccepted).toEqual([]);
  });

  it('and nothing is accepted that it does not find', () => {
    expect(acceptedFindings.filter((accepted) => !used.has(accepted))).toEqual([]);
  });
});

/** Grades run from 1, critical, to 10, right. */
function findings(scored: readonly Scored[]): Finding[] {
  return scored.flatMap(({ type_meta, object_meta, checks }) =>
    checks
      .filter(({ grade, skipped }) => !skipped && grade < 10)
      .map(({ check, comments }) => ({
        check: check.id,
        object: `${type_meta.kind} ${object_meta.namespace ?? ''}/${object_meta.name}`,
        says: (comments ?? []).map(({ path, summary }) => `${path} ${summary}`.trim()).join('; '),
      })),
  );
}
