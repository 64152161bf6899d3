import { expect, it } from 'vitest';
import { findTimeZone } from '../../src/units/cron.ts';

it.each(['Europe/Oslo', 'Etc/UTC', 'UTC', 'America/Argentina/Buenos_Aires', 'Asia/Calcutta', 'Asia/Kolkata'])(
  '%s is known',
  (name) => expect(findTimeZone(name)).toBe('known'),
);

it('a name with wrong capitals gets the right spelling', () => {
  expect(findTimeZone('Europe/OSLO')).toEqual({ written: 'Europe/Oslo' });
});

it.each(['Europe/Olso', 'Oslo', 'Local'])('%s is unknown', (name) =>
  expect(findTimeZone(name)).toBe('unknown'),
);
