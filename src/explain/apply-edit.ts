import { gunzipSync, gzipSync } from 'node:zlib';
import type { DistEdit } from '../diagnostics/example.ts';
import { restateMeanings } from '../verify/read/apply-script.ts';

/** Copies a `dist/` and applies an example's edit. */
export function applyEdit(texts: ReadonlyMap<string, string>, edit: DistEdit): Map<string, string> {
  const edited = new Map(texts);
  if ('remove' in edit) edited.delete(edit.path);
  else if ('add' in edit) edited.set(edit.path, edit.add);
  else {
    const [file = '', place] = edit.path.split('#', 2);
    const text = edited.get(file) ?? '';
    const change = (old: string) => replaceOnce(old, edit);
    // Update a file's digest with its text, unless the edit is of the digest.
    const inScript = (old: string) =>
      edit.from.startsWith('meaning=') ? change(old) : restateMeanings(change(old));
    edited.set(file, place === undefined ? change(text) : changeScript(text, inScript));
  }
  return edited;
}

function replaceOnce(text: string, { path, from, to }: { path: string; from: string; to: string }): string {
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  return text.replace(from, () => to);
}

/** Changes the compressed script in user-data. */
function changeScript(userData: string, change: (script: string) => string): string {
  const [line = '', before = '', content = ''] = /^( +content: )"?([A-Za-z0-9+/=]+)"?$/m.exec(userData) ?? [];
  const script = gunzipSync(Buffer.from(content, 'base64')).toString('utf8');
  return userData.replace(line, `${before}"${gzipSync(change(script)).toString('base64')}"`);
}
