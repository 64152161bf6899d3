/** Run as a child: writes what standard input says, without the rights of root, and prints the outcome. */
import { text } from 'node:stream/consumers';
import { writeArtifacts } from '../../../src/artifacts/write/write.ts';

const { out, cwd, artifacts } = JSON.parse(await text(process.stdin));
if (process.getuid?.() === 0) process.setuid?.(65534);
process.stdout.write(JSON.stringify(await writeArtifacts(out, artifacts, { cwd })));
