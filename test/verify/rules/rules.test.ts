import { createHash } from 'node:crypto';
import { gzip } from 'pako';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import reference from '../../../platform.config.ts';
import { compileConfig } from '../../../src/compile.ts';
import { restateMeanings } from '../../../src/verify/read/apply-script.ts';
import { verify } from '../../../src/verify/verify.ts';

const { artifacts } = compileConfig(reference, 'platform.config.ts');
const applyPath = 'nodes/oslo-1/apply.sh';
const userDataPath = 'cloud-init/oslo-1.yaml';
const good: ReadonlyMap<string, string> = new Map(artifacts.map(({ path, text }) => [path, text]));

/** The reference platform with one change in every place where the text stands, and a lock file that agrees. */
function changed(from: string | RegExp, to: string, inPath: RegExp): Map<string, string> {
  const texts = new Map(good);
  for (const [path, text] of good) if (inPath.test(path)) texts.set(path, text.replace(from, to));
  if ([...texts].every(([path, text]) => text === good.get(path)))
    throw new Error(`nothing to change: ${from}`);
  return relock(reembed(texts));
}

/** Puts the manifests and the conf into apply.sh again, and that into the user-data. */
function reembed(texts: Map<string, string>): Map<string, string> {
  const { resources } = parse(texts.get('manifests/kustomization.yaml') ?? '') as { resources: string[] };
  const manifests = resources.map((file) => texts.get(`manifests/${file}`)).join('---\n');
  const put = (script: string, path: string, text: string) =>
    script.replace(
      new RegExp(`^(put \\d+ ${path} <<'(END_*)'\\n)[\\s\\S]*?^\\2$`, 'm'),
      (_, head, end) => head + text + end,
    );
  const script = put(
    put(
      texts.get(applyPath) ?? '',
      '/etc/nginx/conf.d/openfaas.conf',
      texts.get('nginx/openfaas.conf') ?? '',
    ),
    '/var/lib/rancher/k3s/server/manifests/fjord.yaml',
    manifests,
  );
  // As the platform does, which is near a provider's limit.
  const gzipped = gzip(restateMeanings(script), { level: 9, memLevel: 6 });
  const content = Buffer.from(gzipped).toString('base64');
  const userData = texts.get(userDataPath)?.replace(/content: .*/, `content: "${content}"`) ?? '';
  return texts.set(applyPath, restateMeanings(script)).set(userDataPath, userData);
}

function relock(texts: Map<string, string>): Map<string, string> {
  const lock = JSON.parse(texts.get('platform.lock.json') ?? '');
  for (const entry of lock.artifacts) {
    const bytes = Buffer.from(texts.get(entry.path) ?? '');
    entry.sha256 = createHash('sha256').update(bytes).digest('hex');
    entry.size = bytes.length;
  }
  return texts.set('platform.lock.json', JSON.stringify(lock, null, 2));
}

function codes(texts: ReadonlyMap<string, string>): string[] {
  return [...new Set(verify(texts).map(({ code }) => code))].filter((code) => code !== tight);
}

/** The reference's provider publishes no limit, and its user-data is larger than the smallest that any has. */
const tight = 'verify/user-data-may-not-fit';

describe('the rules', () => {
  it('accept what was compiled', () => expect(codes(good)).toEqual([]));
  it('accept it embedded again', () => expect(codes(relock(reembed(new Map(good))))).toEqual([]));

  const faults: [string, string | RegExp, string, RegExp, string][] = [
    [
      'an upstream that is no Service',
      '10.43.0.80:8080',
      '10.43.0.81:8080',
      /^nginx/,
      'verify/upstream-is-no-service',
    ],
    [
      'an upstream on another port',
      '10.43.0.80:8080',
      '10.43.0.80:8081',
      /^nginx/,
      'verify/upstream-is-no-service',
    ],
    ['a Service at another address', '10.43.0.80', '10.43.0.81', /gateway/, 'verify/upstream-is-no-service'],
    [
      'requests passed to nowhere',
      'proxy_pass http://openfaas_gateway',
      'proxy_pass http://127.0.0.1:8080',
      /^nginx/,
      'verify/proxy-to-nowhere',
    ],
    ['a Service open to the world', 'type: ClusterIP', 'type: NodePort', /gateway/, 'verify/exposed'],
    ['a LoadBalancer', 'type: ClusterIP', 'type: LoadBalancer', /functions/, 'verify/exposed'],
    [
      'a port of the node',
      'containerPort: 9093',
      'containerPort: 9093\n              hostPort: 9093',
      /alertmanager/,
      'verify/exposed',
    ],
    [
      'a pod in the node’s network',
      'enableServiceLinks: false',
      'hostNetwork: true',
      /alertmanager/,
      'verify/exposed',
    ],
    ['traefik left on', / {2}- traefik\n/, '', /^nodes/, 'verify/port-taken'],
    [
      'a Secret that nobody makes',
      'secretName: basic-auth',
      'secretName: other',
      /gateway/,
      'verify/secret-not-made',
    ],
    [
      'a Secret that the script does not make',
      /^ensure_secret \S+ \S+$/m,
      ':',
      /^nodes/,
      'verify/secret-not-made',
    ],
    [
      'a gateway that gives up before the function',
      /name: upstream_timeout\n( +)value: "600s"/,
      'name: upstream_timeout\n$1value: "60s"',
      /gateway/,
      'verify/durations-out-of-order',
    ],
    [
      'nginx giving up before the gateway',
      'proxy_read_timeout 610s',
      'proxy_read_timeout 60s',
      /^nginx/,
      'verify/durations-out-of-order',
    ],
    ['no wait set for nginx', 'proxy_read_timeout 610s;', '', /^nginx/, 'verify/durations-out-of-order'],
    [
      'an idle connection kept too long',
      'keepalive_timeout 10s',
      'keepalive_timeout 700s',
      /^nginx/,
      'verify/durations-out-of-order',
    ],
    [
      'a location of no function',
      /\/function\/verify-payment/g,
      '/function/verify',
      /^nginx/,
      'verify/function-not-deployed',
    ],
    [
      'a container of another name',
      '        - name: verify-payment\n',
      '        - name: other\n',
      /functions/,
      'verify/function-not-deployed',
    ],
    [
      'an image that is not locked',
      'image: ghcr.io/nordpay/order-webhook:1.4.2',
      'image: ghcr.io/nordpay/order-webhook:1.4.3',
      /functions/,
      'verify/images-not-locked',
    ],
    [
      'a manifest that is not listed',
      / {2}- "30-alertmanager.yaml"\n/,
      '',
      /kustomization/,
      'verify/kustomization-incomplete',
    ],
  ];
  it.each(faults)('catch %s', (_, from, to, inPath, code) => {
    expect(codes(changed(from, to, inPath))).toContain(code);
  });

  it('catch user-data that differs from what stands beside it', () => {
    const texts = new Map(good);
    texts.set('nginx/openfaas.conf', `${good.get('nginx/openfaas.conf')}# one more line\n`);
    expect(codes(relock(texts))).toEqual(['verify/embedded-differs']);
  });

  it('catch a file that is not as locked, missing, or too many', () => {
    expect(codes(new Map(good).set('stack.yaml', `${good.get('stack.yaml')}\n`))).toEqual([
      'verify/not-as-locked',
    ]);
    const without = new Map(good);
    without.delete('stack.yaml');
    expect(codes(without)).toContain('verify/file-missing');
    expect(codes(new Map(good).set('manifests/99-more.yaml', ''))).toContain('verify/unknown-file');
    expect(codes(new Map(good).set('notes.txt', ''))).toEqual(['verify/unknown-file']);
  });
});
