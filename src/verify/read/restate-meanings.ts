import { meaningOf } from '../../artifacts/meaning.ts';
import { readApplyScript } from './apply-script.ts';
import { kindOfNodePath } from './kind-of-path.ts';

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
