import { App, Chart } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { printYaml } from '../../src/artifacts/print-yaml.ts';
import { makeAnew } from '../../src/artifacts/remember.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { OpenFaasFunction } from '../../src/constructs/functions/function.ts';
import { literalValue } from '../../src/constructs/literal-value.ts';
import { renderStack } from '../../src/renderers/stack.ts';
import { platformOf } from '../constructs/emitted-objects.ts';
import { functionWith } from '../platform/edit.ts';

/** faas-cli's substitution of the raw file, with the escapes of its versions: `${…}`, `$$`, and pairs of backslashes. */
function substituted(raw: string): string {
  return raw.replace(/\$\{[^}]*\}?|\$\$|\\\\|\\\//g, (found) => (found[1] === '{' ? '' : found.slice(1)));
}

function stackFunction(text: string): {
  environment: Record<string, string>;
  annotations: Record<string, string>;
} {
  const { functions } = parse(text) as { functions: { pay: ReturnType<typeof stackFunction> } };
  return functions.pay;
}

function stackText(config: PlatformConfig): string {
  const [artifact] = renderStack({
    platform: platformOf(config),
    marker: 'Generated',
    artifacts: [],
    remember: makeAnew,
  });
  return artifact?.text ?? '';
}

const pieces = fc.constantFrom(
  '$',
  '{',
  '}',
  '\\',
  '/',
  'A',
  'æ',
  '\n',
  ' ',
  '"',
  "'",
  ':',
  '(',
  ')',
  '-',
  `\${A:-b}`,
);
const text = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));

describe('a text', () => {
  it('reaches faas-cli as it was written, in spite of its substitutions', () => {
    fc.assert(
      fc.property(text, text, (env, note) => {
        const raw = stackText(functionWith({ env: { TEXT: env }, annotations: { note } }));
        const { environment, annotations } = stackFunction(substituted(raw));
        expect(environment.TEXT).toBe(env);
        expect(annotations.note).toBe(note);
      }),
      { numRuns: 25 },
    );
  });

  it('reaches the API server as it was written', () => {
    fc.assert(
      fc.property(text, fc.string({ unit: 'grapheme', maxLength: 20 }), (env, note) => {
        const [fn] = platformOf(functionWith({ env: { TEXT: env }, annotations: { note } })).functions;
        const chart = new Chart(new App(), 'chart');
        if (fn) new OpenFaasFunction(chart, fn.name, { namespace: 'openfaas-fn', fn });
        const [deployment] = chart.toJson().map((object) => parse(printYaml(object), { version: '1.1' }));
        const { metadata, spec } = deployment.spec.template;
        expect(metadata.annotations?.note).toBe(note);
        expect(spec.containers[0]?.env).toContainEqual({ name: 'TEXT', value: literalValue(env) });
      }),
      { numRuns: 25 },
    );
  });
});

it('contains everything that a deploy by faas-cli would otherwise remove: timeouts, labels and annotations', () => {
  const stack = parse(
    stackText(functionWith({ timeout: '10s', labels: { team: 'money' }, annotations: { topic: 'pay' } })),
  );
  expect(stack.functions.pay).toMatchObject({
    environment: { exec_timeout: '10s', write_timeout: '11s' },
    labels: { team: 'money' },
    annotations: { topic: 'pay' },
  });
});
