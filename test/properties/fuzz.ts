import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { compileConfig } from '../../src/compile.ts';
import { realTool } from '../conformance/real-tool.ts';
import { configs } from './arbitrary-config.ts';
import { holdsFor } from './holds-for.ts';
import { toolComplaints, toolsForFuzzing } from './real-tools.ts';

// A long run by hand: npm run fuzz -- --runs 10000 --seed 7, and --real-tools 100 to show the first hundred that compile
// to nginx, cloud-init and shellcheck as well.
const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    seed: { type: 'string' },
    'real-tools': { type: 'string', default: '0' },
  },
});
const numRuns = Number(values.runs ?? 10_000);
const seed = Number(values.seed ?? 1);
const tools = toolsForFuzzing.filter((tool) => realTool(tool) !== undefined);
let forTools = Number(values['real-tools']);
let shown = 0;
const fates = { compiled: 0, refused: 0 };
const found = new Map<string, { count: number; value: unknown }>();

for (const [index, value] of fc.sample(configs, { numRuns, seed }).entries()) {
  if (index % 500 === 499) console.log(`${index + 1} tried, ${found.size} kinds of faults`);
  try {
    const fate = holdsFor(value, { order: index % 5 === 0 });
    fates[fate] += 1;
    if (fate === 'compiled' && forTools > 0) {
      forTools -= 1;
      shown += 1;
      const complaints = await toolComplaints(compileConfig(value, 'platform.config.ts').artifacts, tools);
      if (complaints.length > 0) throw new Error(complaints.join('\n'));
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const kind = message.replaceAll(/\d+/g, '0').slice(0, 90);
    const entry = found.get(kind);
    if (entry) entry.count += 1;
    else {
      found.set(kind, { count: 1, value });
      console.error(`${error instanceof Error ? error.stack : message}\n${JSON.stringify(value)}\n`);
    }
  }
}
console.log(`seed ${seed}, ${numRuns} configs: ${fates.compiled} compiled, ${fates.refused} refused`);
if (shown > 0) console.log(`${shown} of these shown to ${tools.join(', ')}`);
for (const [kind, { count }] of found) console.log(`${count} x ${kind}`);
if (found.size > 0) process.exitCode = 1;
