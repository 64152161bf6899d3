import { define } from '../definition.ts';

export const metadataCodes = {
  'resolve/annotations-too-large': define<{ name: string; size: number; limit: number }>({
    severity: 'error',
    fact: ({ name, size, limit }) =>
      `the annotations of '${name}' have ${size} bytes together, and Kubernetes takes ${limit}`,
    hint: () => 'shorten them, or pass the text another way',
  }),
  'resolve/key-is-ours': define<{ key: string; instead: string }>({
    severity: 'error',
    fact: ({ key }) => `${key} is set by Fjord or by Kubernetes`,
    hint: ({ instead }) => instead,
  }),
  'resolve/key-refused-by-edition': define<{ key: string; why: string; instead: string }>({
    severity: 'error',
    fact: ({ key, why }) => `the community edition ${why} ${key}`,
    hint: ({ instead }) => instead,
  }),
  'resolve/key-unprintable': define<{ key: string }>({
    severity: 'error',
    fact: ({ key }) =>
      `a label or an annotation cannot be called '${key}' here: what writes manifests takes that for code`,
    hint: ({ key }) => `write a prefix before it, such as 'example.no/${key}'`,
  }),
  'resolve/text-not-carried': define<{ what: string; problem: string }>({
    severity: 'error',
    fact: ({ what, problem }) => `${what} cannot arrive as it is: ${problem}`,
    hint: () => 'remove that, or encode the text (base64, say) and decode it in the function',
  }),
  'resolve/topic-with-comma': define<{ topic: string }>({
    severity: 'error',
    fact: ({ topic }) => `the community edition refuses the topic '${topic}': it takes one per function`,
    hint: () => 'write one topic, and another function for the other',
  }),
};
