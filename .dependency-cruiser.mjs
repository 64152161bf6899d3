// The arrows of the house: `npm run arrows`. What each stage may not know, and why, is in ARCHITECTURE.md.

/** The stages in their order, each with the folders it lies in. None imports a later one. */
const stages = [
  ['load', '^src/config/(load|locate)/'],
  ['check', '^src/config/(check|diagnostics)/'],
  ['resolve', '^src/platform/'],
  ['render', '^src/(constructs|renderers)/'],
  ['verify', '^src/verify/'],
  ['rollout', '^src/rollout/'],
  ['write', '^src/artifacts/write/'],
  ['the pipeline', '^src/(compile|compile-result|verify-directory)\\.ts$'],
  ['explain', '^src/explain/'],
  ['rehearse', '^src/rehearse/'],
  ['cli', '^src/cli/'],
];

const laterStages = stages.slice(0, -1).map(([stage, folder], index) => ({
  name: `${stage.replaceAll(' ', '-')}-knows-no-later-stage`,
  severity: 'error',
  from: { path: folder },
  to: { path: stages.slice(index + 1).map(([, later]) => later) },
}));

/** What every stage builds on, and what knows none of them. */
const ground = '^src/(units|nginx|kubernetes|schemas|diagnostics|artifacts/(disk/|[^/]+$))';

export default {
  forbidden: [
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    ...laterStages,
    {
      name: 'the-ground-knows-no-stage',
      comment: 'The index of all codes reads their definitions, which import nothing that reports them.',
      severity: 'error',
      from: { path: ground },
      to: { path: stages.map(([, folder]) => folder), pathNot: ['diagnostics\\.ts$'] },
    },
    {
      name: 'a-definition-of-codes-is-a-leaf',
      severity: 'error',
      from: { path: '^src/.*diagnostics\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/diagnostics/', '^src/verify/(compile-again|unfit)\\.ts$'] },
    },
    {
      name: 'what-people-write-imports-nothing-but-itself',
      severity: 'error',
      from: {
        path: '^src/config/',
        pathNot: ['^src/config/(load|locate|check|diagnostics)/'],
      },
      to: { pathNot: ['^src/config/'] },
    },
    {
      name: 'only-cli-touches-the-process',
      comment:
        'The claim of an output directory names the process that has it. A rehearsal acts, as cli does: it runs machines.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(cli|rehearse)/', '^src/artifacts/write/claim\\.ts$'] },
      to: { path: '^(node:)?(process|child_process)$' },
    },
    {
      name: 'only-cli-rehearses',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(cli|rehearse)/'] },
      to: { path: '^src/rehearse/' },
    },
    {
      name: 'the-source-knows-no-test',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts|bench)/' },
    },
  ],
  options: {
    // Types count: a circle of them is one of the things that must be read together.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
