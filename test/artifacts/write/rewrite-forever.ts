/** Run as a child: told which to begin with, writes two trees in turn until it is killed, and tells how long each write took. */
import { once } from 'node:events';
import { writeArtifacts } from '../../../src/artifacts/write/write.ts';
import { largeTree } from '../large-tree.ts';

const out = process.argv[2] ?? '';
const trees = { even: largeTree('even'), odd: largeTree('odd') };
process.send?.('ready');
const [first] = await once(process, 'message');
for (let version: keyof typeof trees = first; ; version = version === 'even' ? 'odd' : 'even') {
  const started = performance.now();
  const [, problems] = await writeArtifacts(out, trees[version]);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  process.send?.(performance.now() - started);
}
