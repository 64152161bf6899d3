import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { restateMeanings } from '../../src/verify/read/apply-script.ts';

/**
 * Makes a changed platform agree with itself: what scripts carry is what stands beside it, user-data carries the
 * scripts, the lock file has every hash. What is then still found is found by its meaning.
 */
export function agree(original: ReadonlyMap<string, string>, path: string): Map<string, string> {
  const texts = new Map(original);
  for (const [script, text] of texts) {
    const node = /^nodes\/([^/]+)\/apply\.sh$/.exec(script)?.[1];
    if (node === undefined) continue;
    const carrying = restateMeanings(path === script ? text : carry(text, texts));
    const userData = `cloud-init/${node}.yaml`;
    texts.set(script, carrying);
    if (path === userData) continue;
    const content = gzipSync(carrying, { level: 1 }).toString('base64');
    texts.set(userData, texts.get(userData)?.replace(/content: .*/, `content: "${content}"`) ?? '');
  }
  const lock = JSON.parse(texts.get('platform.lock.json') ?? '{}');
  for (const entry of lock.artifacts) {
    const bytes = Buffer.from(texts.get(entry.path) ?? '');
    entry.sha256 = createHash('sha256').update(bytes).digest('hex');
    entry.size = bytes.length;
  }
  return texts.set('platform.lock.json', JSON.stringify(lock, null, 2));
}

function carry(script: string, texts: ReadonlyMap<string, string>): string {
  const resources = resourcesOf(texts.get('manifests/kustomization.yaml') ?? '');
  if (resources === undefined) return script;
  const beside: [string, string | undefined][] = [
    ['/etc/nginx/nginx.conf', texts.get('nginx/nginx.conf')],
    ['/etc/nginx/conf.d/openfaas.conf', texts.get('nginx/openfaas.conf')],
    [
      '/var/lib/rancher/k3s/server/manifests/fjord.yaml',
      resources.map((file) => texts.get(`manifests/${file}`)).join('---\n'),
    ],
  ];
  return beside.reduce((text, [place, content]) => {
    const put = new RegExp(`^(put \\d+ ${place} <<'(END_*)'\\n)[\\s\\S]*?^\\2$`, 'm');
    return content === undefined ? text : text.replace(put, (_, head, end) => head + content + end);
  }, script);
}

/** What a kustomization lists, where it is one still. */
function resourcesOf(kustomization: string): unknown[] | undefined {
  try {
    const { resources } = parse(kustomization);
    return Array.isArray(resources) ? resources : undefined;
  } catch {
    return undefined;
  }
}
