import type { metadataCodes } from '../codes/resolve-metadata.ts';
import type { Explanations } from './explanation.ts';

const pay = (settings: string) => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${settings} } }` },
});

export const metadataExplanations: Explanations<keyof typeof metadataCodes> = {
  'resolve/annotations-too-large': {
    meaning: 'Kubernetes would refuse the whole object.',
    example: pay(
      "annotations: Object.fromEntries(Array.from({ length: 5 }, (_, n) => ['text-' + n, 'x'.repeat(60_000)]))",
    ),
  },
  'resolve/key-is-ours': {
    meaning:
      'With two values for one key, one of them would be lost, or the objects would no longer find each other.',
    example: pay("labels: { faas_function: 'pay' }"),
  },
  'resolve/key-refused-by-edition': {
    meaning: 'The function would be refused when it is deployed, or the setting would have no effect.',
    example: pay("labels: { 'com.openfaas.scale.zero': 'true' }"),
  },
  'resolve/key-unprintable': {
    meaning:
      'The library that writes the manifests recognises instances of classes by this name, and refuses them.',
    example: pay("labels: { constructor: 'shop' }"),
  },
  'resolve/text-not-carried': {
    meaning: 'YAML, the shell or the kernel would change the text on its way to the function.',
    example: pay(String.raw`env: { KEY: 'a\u0000b' }`),
  },
  'resolve/topic-with-comma': {
    meaning: 'Other editions accept a list here, but this edition refuses the function.',
    example: pay("annotations: { topic: 'paid,refunded' }"),
  },
};
