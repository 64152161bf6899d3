import { meaningOf } from '../../artifacts/meaning.ts';
import type { SchemaProblem } from '../../diagnostics/schema-problem.ts';
import type { NodeFileBack } from '../dist.ts';
import { kindOfNodePath } from './kind-of-path.ts';

/** `meaning=DIGEST`, `put MODE PATH <<'END'`, the file's lines, `END`. */
const put = /(?:^meaning=(\S*)\n)?^put (0[0-7]{3}) (\/\S+) <<'(END_*)'\n([\s\S]*?)^\4$/gm;

/** The packages that an apply.sh installs, and the files that it puts on its node, as a shell reads them. */
export function readApplyScript(text: string): {
  packages: readonly string[];
  files: ReadonlyMap<string, NodeFileBack>;
  problems: SchemaProblem[];
} {
  const files = new Map<string, NodeFileBack>();
  const problems: SchemaProblem[] = [];
  const problem = (message: string) => problems.push({ pointer: '', message });
  for (const [, meaning = '', permissions = '', path = '', , content = ''] of text.matchAll(put)) {
    if (files.has(path)) problem(`${path} is written twice`);
    files.set(path, { text: content, permissions, meaning });
  }
  const begun = text.match(/^put 0/gm)?.length ?? 0;
  if (begun !== files.size) problem(`${begun} files begin, and ${files.size} end`);
  // Not one that a file holds.
  const packages = /^packages=\(([a-z0-9+. -]+)\)$/m.exec(shellOf(text))?.[1]?.split(' ') ?? [];
  return { packages, files, problems };
}

/** An apply.sh without what it puts on the node: what a shell runs. */
export function shellOf(text: string): string {
  return text.replace(
    put,
    (_, meaning, permissions, path, end) =>
      `meaning=${meaning}\nput ${permissions} ${path} <<'${end}'\n${end}`,
  );
}

/** An apply.sh that was edited, with the digest beside each file that belongs to its text. */
export function restateMeanings(script: string): string {
  const { files } = readApplyScript(script);
  return script.replace(/^meaning=\S*\n(put 0[0-7]{3} (\/\S+) <<)/gm, (whole, put: string, path: string) => {
    const file = files.get(path);
    return file === undefined
      ? whole
      : `meaning=${meaningOf(kindOfNodePath(path) ?? 'text', file.text)}\n${put}`;
  });
}
