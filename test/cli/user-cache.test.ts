import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { userCache } from '../../src/cli/user-cache.ts';

const key = { kind: 'config', of: ['a', 'b'] };
const data = Buffer.from('what was computed');

describe('the cache of a user', () => {
  let place: string;
  let directory: string;
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'fjord-cache-'));
    directory = join(place, 'fjord');
  });
  afterEach(() => rmSync(place, { recursive: true, force: true }));
  const cache = () => userCache({ FJORD_CACHE_DIR: directory });
  const file = () => join(directory, readdirSync(directory)[0] ?? '');

  it('gives back what was put there, to the same key alone', () => {
    cache().write(key, data);
    expect(cache().read(key)).toEqual(data);
    expect(cache().read({ ...key, of: ['a', 'c'] })).toBeUndefined();
    expect(cache().read({ ...key, of: ['ab'] })).toBeUndefined();
  });

  it('is for this user alone', () => {
    cache().write(key, data);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['changed', (bytes: Buffer) => Buffer.from(bytes.map((byte, index) => (index === 40 ? byte ^ 1 : byte)))],
    ['cut', (bytes: Buffer) => bytes.subarray(0, 45)],
    ['empty', () => Buffer.alloc(0)],
  ])('gives nothing of a file that was %s', (_, spoil) => {
    cache().write(key, data);
    writeFileSync(file(), spoil(readFileSync(file())));
    expect(cache().read(key)).toBeUndefined();
  });

  it('does not read what another user could have written', () => {
    cache().write(key, data);
    chmodSync(file(), 0o620);
    expect(cache().read(key)).toBeUndefined();
    chmodSync(file(), 0o600);
    chmodSync(directory, 0o777);
    expect(cache().read(key)).toBeUndefined();
  });

  it('does without a directory that cannot be made', () => {
    writeFileSync(directory, '');
    cache().write(key, data);
    expect(cache().read(key)).toBeUndefined();
  });

  it('keeps a bounded number of files, the newest', () => {
    mkdirSync(directory, { mode: 0o700 });
    for (let index = 0; index < 60; index += 1) cache().write({ kind: 'config', of: [`${index}`] }, data);
    expect(readdirSync(directory).length).toBeLessThanOrEqual(48);
    expect(cache().read({ kind: 'config', of: ['59'] })).toEqual(data);
  });
});
