#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { Script } from 'node:vm';
import { userCache } from '../cache/user-cache.ts';

/**
 * Starts the bundled command with what V8 compiled of it the last time. That is kept for each subcommand, because each needs
 * other functions; V8 itself refuses what another version of it has made.
 */
function launch(): void {
  const file = join(__dirname, 'command.cjs');
  const source = readFileSync(file, 'latin1');
  const cache = userCache(process.env);
  const { version, arch, argv } = process;
  const key = { kind: 'code', of: [bundleDigest, version, arch, argv[2] ?? ''] };
  const cachedData = cache.read(key);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: file,
    cachedData,
  });
  if (cachedData === undefined || script.cachedDataRejected) {
    process.on('exit', () => cache.write(key, script.createCachedData()));
  }
  const own = { exports: {} };
  script.runInThisContext()(own.exports, createRequire(file), own, file, __dirname);
}

/** Of `command.cjs`, filled in when it is built. */
declare const bundleDigest: string;

launch();
