import { define } from '../../diagnostics/definition.ts';

const pay = (settings: string) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} } }` },
});

/** What `resolve` reports about labels and annotations of a function. */
export const resolveFunctionsMetadataDiagnostics = {
  'resolve/annotations-not-schedule': define<{ name: string; cron: string }>({
    severity: 'warning',
    fact: ({ name }) => `nothing here reads the annotations that would call '${name}' by the clock`,
    hint: ({ cron }) => `write schedule: '${cron}' as a key of the function, and remove the annotations`,
    meaning:
      'The annotations topic and schedule are for a connector that Fjord does not install, so the function would never be called. Fjord makes a CronJob of Kubernetes from schedule.',
    example: pay("annotations: { topic: 'cron-function', schedule: '30 7 * * mon-fri' }"),
  }),
  'resolve/topic-needs-connector': define<{ topic: string }>({
    severity: 'info',
    fact: ({ topic }) =>
      `calls for the topic '${topic}' come only from a connector that you install yourself`,
    hint: () => 'install the connector of your queue or broker, or remove the annotation',
    meaning:
      'Fjord installs no connector. Without one nothing reads the annotation, and the function is called only by its address, a schedule or other functions.',
    example: pay("annotations: { topic: 'paid' }"),
  }),
  'resolve/annotations-too-large': define<{ name: string; size: number; limit: number }>({
    severity: 'error',
    fact: ({ name, size, limit }) =>
      `the annotations of '${name}' have ${size} bytes in total, but Kubernetes accepts at most ${limit}`,
    hint: () => 'shorten them, or pass the text in another way',
    meaning: 'Kubernetes would refuse the whole object.',
    example: pay(
      "annotations: Object.fromEntries(Array.from({ length: 5 }, (_, n) => ['text-' + n, 'x'.repeat(60_000)]))",
    ),
  }),
  'resolve/key-is-ours': define<{ key: string; instead: string }>({
    severity: 'error',
    fact: ({ key }) => `'${key}' is set by Fjord or by Kubernetes`,
    hint: ({ instead }) => instead,
    meaning:
      'With two values for one key, one of them would be lost, or the objects would no longer find each other.',
    example: pay("labels: { faas_function: 'pay' }"),
  }),
  'resolve/key-refused-by-edition': define<{ key: string; why: string; instead: string }>({
    severity: 'error',
    fact: ({ key, why }) => `the community edition ${why} '${key}'`,
    hint: ({ instead }) => instead,
    meaning: 'The function would be refused when it is deployed, or the setting would have no effect.',
    example: pay("labels: { 'com.openfaas.scale.zero': 'true' }"),
  }),
  'resolve/key-unprintable': define<{ key: string }>({
    severity: 'error',
    fact: ({ key }) => `'${key}' cannot be the name of a label or an annotation here`,
    hint: ({ key }) => `put a prefix before it, such as 'example.no/${key}'`,
    meaning:
      'The library that writes the manifests takes an object with this key for an instance of a class and refuses it.',
    example: pay("labels: { constructor: 'shop' }"),
  }),
  'resolve/text-not-carried': define<{ what: string; problem: string }>({
    severity: 'error',
    fact: ({ what, problem }) => `the value of '${what}' would not arrive unchanged: ${problem}`,
    hint: () =>
      'remove the character, or encode the text (for example in base64) and decode it in the function',
    meaning: 'YAML, the shell or the kernel would change the text on its way to the function.',
    example: pay(String.raw`env: { KEY: 'a\u0000b' }`),
  }),
  'resolve/topic-with-comma': define<{ topic: string }>({
    severity: 'error',
    fact: ({ topic }) =>
      `the community edition refuses the topic '${topic}': it allows one topic for each function`,
    hint: () => 'write one topic, and use another function for the other topic',
    meaning: 'Other editions accept a list here, but this edition refuses the function.',
    example: pay("annotations: { topic: 'paid,refunded' }"),
  }),
};
