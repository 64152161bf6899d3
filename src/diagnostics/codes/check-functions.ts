import { define } from '../definition.ts';
import { quote } from '../quote.ts';

export const checkFunctionsCodes = {
  'check/pro-only-key': define<{ readonly key: string; readonly instead: string }>({
    severity: 'error',
    fact: ({ key }) => `${quote(key)} is of OpenFaaS Pro alone; the community edition ignores it`,
    hint: ({ instead }) => instead,
  }),
  'check/public-images-only': define<{ readonly key: string; readonly instead: string }>({
    severity: 'error',
    fact: ({ key }) =>
      `${quote(key)} is for private images, and the community edition runs public ones alone`,
    hint: ({ instead }) => instead,
  }),
};
