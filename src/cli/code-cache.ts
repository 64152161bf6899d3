import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
export function loadCodeCache(name = '') { try { return readFileSync(`/tmp/sp/cc-${name}`); } catch { return undefined; } }
export function storeCodeCache(name = '', data: Buffer) { writeFileSync(`/tmp/sp/cc-${name}`, data); }
