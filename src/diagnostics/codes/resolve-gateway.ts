import { define } from '../definition.ts';

export const gatewayCodes = {
  'resolve/buffers-too-few': define<{ count: number; size: string; header: string; enough: number }>({
    severity: 'error',
    fact: ({ count, size, header }) =>
      `nginx refuses ${count} buffers of ${size} with a header buffer of ${header}: one buffer must stay free beside the largest`,
    hint: ({ enough }) => `set count to at least ${enough}, or make the header buffer smaller`,
  }),
};
