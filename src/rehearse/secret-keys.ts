import { parseAllDocuments } from 'yaml';
import type { Prepared } from './prepared.ts';

/** The keys that pods read of a Secret, by what manifests name: environment variables and files of volumes. */
export function secretKeys({ texts }: Prepared, namespace: string, name: string): string[] {
  const keys = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { secretKeyRef, secret } = value as {
      readonly secretKeyRef?: { readonly name?: string; readonly key?: string };
      readonly secret?: {
        readonly name?: string;
        readonly secretName?: string;
        readonly items?: { key: string }[];
      };
    };
    if (secretKeyRef?.name === name && secretKeyRef.key !== undefined) keys.add(secretKeyRef.key);
    if ((secret?.name ?? secret?.secretName) === name)
      for (const { key } of secret?.items ?? []) keys.add(key);
    for (const inner of Object.values(value)) visit(inner);
  };
  for (const [path, text] of texts) {
    if (!/^manifests\/\d/.test(path)) continue;
    for (const document of parseAllDocuments(text)) {
      const object = document.toJS() as { metadata?: { namespace?: string } } | null;
      if (object?.metadata?.namespace === namespace) visit(object);
    }
  }
  return [...keys].sort();
}
