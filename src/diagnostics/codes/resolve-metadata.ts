import { define } from '../definition.ts';

export const metadataCodes = {
  'resolve/annotations-too-large': define<{ name: string; size: number; limit: number }>({
    severity: 'error',
    fact: ({ name, size, limit }) =>
      `the annotations of '${name}' have ${size} bytes in total, but Kubernetes accepts at most ${limit}`,
    hint: () => 'shorten them, or pass the text in another way',
  }),
  'resolve/key-is-ours': define<{ key: string; instead: string }>({
    severity: 'error',
    fact: ({ key }) => `'${key}' is set by Fjord or by Kubernetes`,
    hint: ({ instead }) => instead,
  }),
  'resolve/key-refused-by-edition': define<{ key: string; why: string; instead: string }>({
    severity: 'error',
    fact: ({ key, why }) => `the community edition ${why} '${key}'`,
    hint: ({ instead }) => instead,
  }),
  'resolve/key-unprintable': define<{ key: string }>({
    severity: 'error',
    fact: ({ key }) => `'${key}' cannot be the name of a label or an annotation here`,
    hint: ({ key }) => `put a prefix before it, such as 'example.no/${key}'`,
  }),
  'resolve/text-not-carried': define<{ what: string; problem: string }>({
    severity: 'error',
    fact: ({ what, problem }) => `the value of '${what}' would not arrive unchanged: ${problem}`,
    hint: () =>
      'remove the character, or encode the text (for example in base64) and decode it in the function',
  }),
  'resolve/topic-with-comma': define<{ topic: string }>({
    severity: 'error',
    fact: ({ topic }) =>
      `the community edition refuses the topic '${topic}': it allows one topic for each function`,
    hint: () => 'write one topic, and use another function for the other topic',
  }),
};
