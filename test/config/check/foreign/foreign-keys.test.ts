import { expect, it } from 'vitest';
import type { ForeignKey } from '../../../../src/config/check/foreign/foreign-key.ts';
import { findForeignKey, foreignKeys } from '../../../../src/config/check/foreign/foreign-keys.ts';

const row = (instead: string): ForeignKey => ({ code: 'check/foreign-key', instead });

const rows = {
  loadBalancer: row('bare'),
  'openfaas.loadBalancer': row('path'),
  'functions.*.labels': row('any'),
};

it('finds a row by the whole path, then by the bare key', () => {
  const found = (...path: (string | number)[]): string | undefined => findForeignKey(path, rows)?.instead;
  expect(found('openfaas', 'loadBalancer')).toBe('path');
  expect(found('gateway', 'tls', 'loadBalancer')).toBe('bare');
  expect(found('functions', 'pay', 'labels')).toBe('any');
  expect(found('functions', 'pay', 'x', 'labels')).toBeUndefined();
  expect(found('labels')).toBeUndefined();
  expect(found('constructor')).toBeUndefined();
});

it('has a next step in every row', () => {
  expect(Object.values(foreignKeys).filter(({ instead }) => instead === '')).toEqual([]);
});
