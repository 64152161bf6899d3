import type { ConfigPath, Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { isNamedSecret, secretForm } from '../../functions/secret-forms.ts';
import { type OwnObject, podOf, titleOf } from './own-object.ts';
import { containersOf } from './pods.ts';

/** Reports values that are secrets by their form or by the name that they have. */
export function diagnoseSecretValues(object: OwnObject): Diagnostic[] {
  const title = titleOf(object);
  const formed = textsIn(object.body, []).flatMap(({ path, text }) => {
    const what = secretForm(text);
    return what === undefined ? [] : [report('resolve/manifest-secret-value', path, { object: title, what })];
  });
  if (formed.length > 0) return formed;
  return namedValues(object)
    .filter(({ name, value }) => isNamedSecret(name, value))
    .map(({ name, path }) =>
      report('resolve/manifest-secret-value', path, { object: title, what: `the value of ${name}` }),
    );
}

interface Text {
  readonly path: ConfigPath;
  readonly text: string;
}

function textsIn(value: unknown, path: ConfigPath): Text[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, key]));
}

interface Named {
  readonly name: string;
  readonly value: string;
  readonly path: ConfigPath;
}

/** Variables, arguments such as `--password=x`, keys of a ConfigMap and the lines of its texts. */
function namedValues(object: OwnObject): Named[] {
  const found = podOf(object);
  const data = object.kind === 'ConfigMap' ? Object.entries(object.body.data ?? {}) : [];
  return [
    ...data.flatMap(([key, value]) => [
      { name: key, value, path: ['data', key] },
      ...settingsIn(value).map(([name, setting]) => ({ name, value: setting, path: ['data', key] })),
    ]),
    ...(found === undefined
      ? []
      : containersOf(found.pod).flatMap(({ container, key, index }) => {
          const at = [...found.at, key, index];
          const { env = [], command = [], args = [] } = container as Started;
          return [
            ...env.map(({ name, value = '' }, position) => ({ name, value, path: [...at, 'env', position] })),
            ...argumentsIn(command, [...at, 'command']),
            ...argumentsIn(args, [...at, 'args']),
          ];
        })),
  ];
}

interface Started {
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly command?: readonly string[];
  readonly args?: readonly string[];
}

/** `password: x`, `password = x` and redis' `requirepass x`, each on a line of its own. */
function settingsIn(text: string): [name: string, value: string][] {
  return [...text.matchAll(/^[ \t]*["']?([\w.-]+)["']?[ \t]*[:= \t][ \t]*["']?([^\s"'#]+)/gm)].flatMap(
    ([, name = '', value = '']) =>
      text.includes('\n') || name === 'requirepass' ? [[plain(name), value]] : [],
  );
}

function argumentsIn(words: readonly string[], path: ConfigPath): Named[] {
  return words.flatMap((word, index) => {
    const [, name, value] = /^--?([\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) return [];
    const next = words[index + 1] ?? '';
    // `$(NAME)` is the value of a variable, which can be of a Secret.
    const given = value ?? (next.startsWith('-') ? '' : next);
    return given.startsWith('$(') ? [] : [{ name: plain(name), value: given, path: [...path, index] }];
  });
}

/** Redis has a name of its own for it. */
function plain(name: string): string {
  return /^(requirepass|masterauth)$/.test(name) ? 'password' : name;
}
