import { places } from '../../platform/nodes/places.ts';
import type { DistNode } from '../dist.ts';
import { shellOf } from './apply-script.ts';

/** A proxy as one program of a node reads it. */
export interface ProxyBack {
  /** Its addresses for http and https, each once. */
  readonly urls: readonly string[];
  /** The targets that are reached without it, sorted. */
  readonly except: readonly string[];
}

/** The proxy of apt; undefined if there is none. */
export function aptProxyOf({ files }: DistNode): ProxyBack | undefined {
  const text = files.get(places.aptProxy)?.text;
  if (text === undefined) return undefined;
  const values = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, value = '']) => value);
  return proxyBack(
    values(/^Acquire::https?::Proxy "(.*)";$/gm),
    values(/^Acquire::https?::Proxy::(\S+) "DIRECT";$/gm),
  );
}

/** The proxy in a file of variables; undefined if the node has no such file. */
export function proxyInFile({ files }: DistNode, place: string): ProxyBack | undefined {
  const text = files.get(place)?.text;
  if (text === undefined) return undefined;
  const values = (name: string) =>
    [...text.matchAll(new RegExp(`^(?:CONTAINERD_)?${name}=(.*)$`, 'gim'))].map(([, value = '']) => value);
  return proxyBack(
    [...values('http_proxy'), ...values('https_proxy')],
    values('no_proxy').flatMap((list) => list.split(',')),
  );
}

/** The proxy of what apply.sh downloads; undefined if there is none. */
export function downloadProxyOf({ files }: DistNode): ProxyBack | undefined {
  const shell = shellOf(files.get(places.applyScript)?.text ?? '');
  const [, url, except = ''] = /^ {4}--proxy (\S+) --noproxy (\S+) \\$/m.exec(shell) ?? [];
  return url === undefined ? undefined : proxyBack([url], except.split(','));
}

function proxyBack(urls: readonly string[], except: readonly string[]): ProxyBack {
  return { urls: [...new Set(urls)], except: [...new Set(except)].sort() };
}
