import { describe, expect, test } from 'vitest';
import { directiveTable } from '../../src/nginx/directive-table.ts';
import { nginxFeatures, nginxTarget } from '../../src/nginx/targets.ts';
import { atLeast, since, until } from '../../src/nginx/versions.ts';

test.each([
  ['1.22.1', '1.22.1', true],
  ['1.22.1', '1.22', true],
  ['1.22', '1.22.1', false],
  ['1.9.0', '1.22.1', false],
  ['1.100.0', '1.22.1', true],
  ['3.0.13', '3.5', false],
  ['3.5', '3.5', true],
])('%s is at least %s: %s', (version, first, expected) => {
  expect(atLeast(version, first)).toBe(expected);
});

describe('the features of each nginx', () => {
  test.each([
    [
      'debian-12',
      'distribution',
      { http2: 'listen', quic: false, rotatesTicketKeys: false, postQuantumCurves: false, maxHeaders: false },
    ],
    [
      'ubuntu-24.04',
      'distribution',
      { http2: 'listen', quic: false, rotatesTicketKeys: true, postQuantumCurves: false, maxHeaders: false },
    ],
    [
      'debian-13',
      'distribution',
      { http2: 'directive', quic: true, keepsUpstreamConnections: false, postQuantumCurves: true },
    ],
    [
      'ubuntu-26.04',
      'distribution',
      { http2: 'directive', quic: true, protocolsPerServer: false, postQuantumCurves: true },
    ],
    [
      'debian-12',
      'nginx.org-stable',
      {
        quic: true,
        keepsUpstreamConnections: true,
        protocolsPerServer: true,
        postQuantumCurves: false,
        maxHeaders: true,
        mergesHeaders: true,
      },
    ],
    ['debian-13', 'nginx.org-mainline', { keepsUpstreamConnections: true, postQuantumCurves: true }],
  ] as const)('%s, %s', (os, packages, expected) => {
    expect(nginxFeatures(nginxTarget(os, packages))).toMatchObject(expected);
  });
});

test('every directive with a version is in our table, in that context', () => {
  for (const { directive, context } of since) {
    const forms = directiveTable.get(directive) ?? [];
    expect(
      forms.some(({ contexts }) => context === undefined || contexts.includes(context)),
      directive,
    ).toBe(true);
  }
  for (const { directive } of until) expect(directiveTable.has(directive)).toBe(true);
});
