import { define } from '../definition.ts';

/** Those of what is open to the outside. */
export const functionExposureCodes = {
  'resolve/closed-and-offered': define<{ name: string; key: string }>({
    severity: 'error',
    fact: ({ name, key }) => `${key} is for calls from outside, and '${name}' is not exposed`,
    hint: ({ key }) => `remove ${key}, or write expose: true`,
  }),
  'resolve/exposure-unsaid': define<{ name: string; callers: readonly string[] }>({
    severity: 'error',
    fact: ({ name, callers }) =>
      `'${name}' is called by ${callers.join(', ')}; nothing says whether everybody on the internet may call it too`,
    hint: ({ name }) => `write expose: false to close it, or expose: true to offer it at /function/${name}`,
  }),
  'resolve/nobody-calls': define<{ name: string }>({
    severity: 'warning',
    fact: ({ name }) => `nobody calls '${name}': it is not exposed, has no schedule and is in no calls`,
    hint: ({ name }) =>
      `add a schedule, name '${name}' in the calls of another function, or write expose: true`,
  }),
};
