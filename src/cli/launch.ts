#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { loadCodeCache, storeCodeCache } from './code-cache.ts';

/** Runs the bundled command. */
const file = join(__dirname, 'command.cjs');
const source = readFileSync(file, 'latin1');
const cachedData = loadCodeCache(process.argv[2]);
const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, { filename: file, cachedData });
const accepted = cachedData !== undefined && script.cachedDataRejected !== true;
if (!accepted) process.on('exit', () => storeCodeCache(process.argv[2], script.createCachedData()));
const module_ = { exports: {} };
script.runInThisContext()(module_.exports, createRequire(file), module_, file, __dirname);
