import { expect, it } from 'vitest';
import type { CorsConfig } from '../../../src/config/functions/http.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { functionWith } from '../edit.ts';

function reported(cors: CorsConfig): string[] {
  return resolve(functionWith({ http: { cors } }))[1]
    .filter(({ code }) => code.startsWith('resolve/cors-'))
    .map(({ code, path }) => `${code.slice('resolve/cors-'.length)} ${path.slice(4).join('.')}`);
}

it.each<[CorsConfig, string[]]>([
  [{ origins: ['*'] }, []],
  [{ origins: ['*'], credentials: true }, ['every-site-with-credentials credentials']],
  [{ origins: ['*', 'https://a.example.no'] }, ['origin-included origins.1']],
  [{ origins: ['https://a.example.no', 'https://*.example.no'] }, ['origin-included origins.0']],
  [{ origins: ['https://*.a.example.no', 'https://*.example.no'] }, ['origin-included origins.0']],
  [
    {
      origins: [
        'https://example.no',
        'http://a.example.no',
        'https://a.example.no:8443',
        'https://*.example.no',
      ],
      credentials: true,
    },
    [],
  ],
])('%j', (cors, expected) => {
  expect(reported(cors)).toEqual(expected);
});
