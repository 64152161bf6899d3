import { places } from '../../platform/nodes/places.ts';
import type { DistNode } from '../dist.ts';
import { readYaml } from './yaml.ts';

/** registries.yaml, read back. */
export interface RegistriesBack {
  readonly mirrors?: Readonly<Record<string, { readonly endpoint?: readonly string[] }>>;
  readonly configs?: Readonly<
    Record<
      string,
      { readonly auth?: { readonly auth?: string }; readonly tls?: { readonly ca_file?: string } }
    >
  >;
}

/** A node's registries.yaml: K3s' own, or the one that apply.sh makes it of. */
export function registriesOf(files: DistNode['files']): RegistriesBack {
  const file = files.get(places.registriesBase) ?? files.get(places.registries);
  return (readYaml(file?.text ?? '').documents[0] ?? {}) as RegistriesBack;
}
