import { define } from '../definition.ts';
import { quote } from '../quote.ts';

export const checkFunctionsCodes = {
  'check/pro-only-key': define<{ readonly key: string; readonly instead: string }>({
    severity: 'error',
    fact: ({ key }) => `${quote(key)} is available only in OpenFaaS Pro`,
    hint: ({ instead }) => instead,
  }),
  'check/public-images-only': define<{ readonly key: string; readonly instead: string }>({
    severity: 'error',
    fact: ({ key }) => `${quote(key)} is for private images, but the community edition runs only public ones`,
    hint: ({ instead }) => instead,
  }),
};
