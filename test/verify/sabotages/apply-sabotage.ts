import { createHash } from 'node:crypto';
import { gzip } from 'pako';
import { parse } from 'yaml';
import { printYaml } from '../../../src/artifacts/print-yaml.ts';
import { restateMeanings } from '../../../src/verify/read/apply-script.ts';
import type { Edit } from './sabotage.ts';

type Texts = Map<string, string>;

/** A platform's files with the edits made, and every copy and every hash of what was edited made to agree. */
export function applySabotage(original: ReadonlyMap<string, string>, edits: readonly Edit[]): Texts {
  const texts = new Map(original);
  const last: Edit[] = [];
  for (const edit of edits) {
    if (edit.file === 'user-data' || edit.file === 'platform.lock.json') last.push(edit);
    else if (/^(\/|apply\.sh$)/.test(edit.file)) editOnNode(texts, edit);
    else edited(texts, edit.file, (text) => change(text, edit));
  }
  if (edits.some(({ file }) => /^(manifests|gitops|nginx)\//.test(file))) carryCopies(texts);
  for (const path of [...texts.keys()].filter((one) => one.endsWith('/apply.sh'))) {
    edited(texts, path, restateMeanings);
  }
  packUserData(texts);
  for (const edit of last) {
    const path = edit.file === 'user-data' ? `cloud-init/${nodeOf(texts, edit)}.yaml` : edit.file;
    edited(texts, path, (text) => change(text, edit));
  }
  return withHashes(texts);
}

function edited(texts: Texts, path: string, by: (text: string) => string): void {
  const text = texts.get(path);
  if (text === undefined) throw new Error(`no file ${path}`);
  texts.set(path, by(text));
}

function change(text: string, { file, find, every, after, put }: Edit): string {
  const at = find ?? every ?? after;
  if (at === undefined) return text + put;
  if (!text.includes(at)) throw new Error(`${file} does not say ${at}`);
  if (every !== undefined) return text.replaceAll(every, () => put);
  return text.replace(at, () => (find === undefined ? `${at}${put}` : put));
}

function nodeOf(texts: Texts, { node }: Edit): string {
  const { nodes } = JSON.parse(texts.get('platform.lock.json') ?? '') as { nodes: { name: string }[] };
  return node ?? nodes[0]?.name ?? '';
}

function editOnNode(texts: Texts, edit: Edit): void {
  edited(texts, `nodes/${nodeOf(texts, edit)}/apply.sh`, (script) => {
    if (edit.file === 'apply.sh') return change(script, edit);
    const block = blockOf(edit.file).exec(script);
    if (block === null) throw new Error(`apply.sh puts no ${edit.file}`);
    const [whole, head = '', end = '', content = ''] = block;
    return script.replace(whole, () => `${head}${change(content, edit)}${end}\n`);
  });
}

function blockOf(place: string): RegExp {
  return new RegExp(`(put \\d+ ${place.replaceAll('.', '\\.')} <<'(END_*)'\\n)([\\s\\S]*?)^\\2$\\n`, 'm');
}

/** What apply.sh carries of the files beside it is what these now say. */
function carryCopies(texts: Texts): void {
  const { resources } = parse(texts.get('manifests/kustomization.yaml') ?? '') as { resources: string[] };
  const lock = JSON.parse(texts.get('platform.lock.json') ?? '') as { delivery: { tool?: string } };
  const joined = (folder: string, names: readonly string[]) =>
    names.map((name) => texts.get(`${folder}/${name}`) ?? '').join('---\n');
  const own = '65-function-resources.yaml';
  const folder = '/var/lib/rancher/k3s/server/manifests';
  const { tool } = lock.delivery;
  const copies: [string, string | undefined][] = [
    ['/etc/nginx/nginx.conf', texts.get('nginx/nginx.conf')],
    ['/etc/nginx/conf.d/openfaas.conf', texts.get('nginx/openfaas.conf')],
    [
      `${folder}/fjord.yaml`,
      tool === undefined
        ? joined(
            'manifests',
            resources.filter((name) => name !== own && texts.has(`manifests/${name}`)),
          )
        : joined('gitops', ['00-namespaces.yaml', `10-${tool}.yaml`]),
    ],
    [`${folder}/fjord-functions.yaml`, texts.get(`manifests/${own}`)],
    [`${folder}/fjord-source.yaml`, texts.get('gitops/20-source.yaml')],
  ];
  for (const path of [...texts.keys()].filter((one) => one.endsWith('/apply.sh'))) {
    for (const [place, content] of copies) {
      if (content === undefined) continue;
      edited(texts, path, (script) =>
        script.replace(blockOf(place), (_, head: string, end: string) => `${head}${content}${end}\n`),
      );
    }
  }
}

function packUserData(texts: Texts): void {
  for (const [path, script] of [...texts]) {
    const node = /^nodes\/([^/]+)\/apply\.sh$/.exec(path)?.[1];
    if (node === undefined) continue;
    edited(texts, `cloud-init/${node}.yaml`, (text) => {
      if (text.includes('/fjord-fetch')) return text.replace(/sha256=.*/, `sha256=${digestOf(script)}`);
      const content = Buffer.from(gzip(script, { level: 9, memLevel: 6 })).toString('base64');
      return text.replace(/content: .*/, () => printYaml({ content }).trimEnd());
    });
  }
}

function withHashes(texts: Texts): Texts {
  return texts.set(
    'platform.lock.json',
    texts
      .get('platform.lock.json')
      ?.replace(/"path": "([^"]+)",\s+"sha256": "[^"]+",\s+"size": \d+/g, (_, path: string) => {
        const text = texts.get(path) ?? '';
        const size = Buffer.byteLength(text);
        return `"path": "${path}",\n      "sha256": "${digestOf(text)}",\n      "size": ${size}`;
      }) ?? '',
  );
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
