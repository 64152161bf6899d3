#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { Script } from 'node:vm';
import { userCache } from './user-cache.ts';

/** The digests of the two files that the command is built into: filled in when it is built. */
declare const bundles: Readonly<Record<'front' | 'late', string>>;

const head = '(function (exports, require, module, __filename, __dirname) {';
const cache = userCache(process.env);
const nativeRequire = createRequire(join(__dirname, 'front.cjs'));
let late: unknown;

/** Starts the late bundle in the same way as the first. */
function requireFrom(id: string): unknown {
  if (id !== './late.cjs') return nativeRequire(id);
  late ??= run('late');
  return late;
}

/**
 * Runs a bundle with what V8 compiled of it the last time. That is kept for each subcommand, because each needs other
 * functions; V8 itself refuses what another version of it has made.
 */
function run(name: 'front' | 'late'): unknown {
  const filename = join(__dirname, `${name}.cjs`);
  const source = readFileSync(filename, 'latin1');
  const { version, arch, argv } = process;
  const key = { kind: `code-${name}`, of: [bundles[name], version, arch, argv[2] ?? ''] };
  const cachedData = cache.read(key);
  const script = new Script(`${head}${source}\n})`, {
    filename,
    columnOffset: -head.length,
    cachedData,
  });
  if (cachedData === undefined || script.cachedDataRejected) {
    process.on('exit', () => cache.write(key, script.createCachedData()));
  }
  const own = { exports: {} };
  script.runInThisContext()(own.exports, requireFrom, own, filename, __dirname);
  return own.exports;
}

run('front');
