import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { cases } from '../cases/index.ts';
import { describeWithTool } from '../conformance/real-tool.ts';
import { runTool } from '../conformance/run-tool.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { compiledNodeFiles, type NodeFile } from './node-files.ts';

vi.setConfig({ testTimeout: 60_000 });

/** What gixy may find, and why it may. */
const accepted: Readonly<Record<string, string>> = {
  http2_misdirected_request:
    'The answer is there, as `try_files "" =421`: nginx counts a `return` against no limit. `misdirected-answered` holds it, and floods.test.ts asks for it.',
  proxy_buffering_off:
    'Events have to be passed on as they come. It is off only in locations of functions that say `stream` and of the administration, for logs.',
  ssl_ecdh_curve:
    'The post-quantum group is named only where each node has OpenSSL 3.5 or later: Debian 13 and Ubuntu 26.04.',
  try_files_is_evil_too:
    'Only a certificate authority asks for challenges. A cache of open files would hide one that has just been written.',
};

interface Finding {
  readonly plugin: string;
  readonly reason: string;
  readonly file: string;
  readonly line: number;
}

describeWithTool('gixy', 'gixy finds nothing but what is accepted', (gixy) => {
  it.each(Object.entries({ ...cases, gateway: gatewayPlatform }))('%s', (_, config) => {
    const found = findings(gixy, compiledNodeFiles(config));
    expect(found.filter(({ plugin }) => accepted[plugin] === undefined)).toEqual([]);
  });

  it('what is accepted is found somewhere', () => {
    const files = Object.values({ ...cases, gateway: gatewayPlatform }).map(compiledNodeFiles);
    const found = new Set(files.flatMap((one) => findings(gixy, one)).map(({ plugin }) => plugin));
    expect([...found].sort()).toEqual(Object.keys(accepted).sort());
  });
});

/** Of the whole of a node's nginx.conf with what it includes. */
function findings(gixy: string, files: readonly NodeFile[]): Finding[] {
  const directory = mkdtempSync(join(tmpdir(), 'fjord-gixy-'));
  for (const { path, text } of files) {
    if (!path.startsWith('/etc/nginx/')) continue;
    const place = join(directory, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(
      place,
      text.replaceAll('include /etc/nginx/conf.d/', `include ${directory}/etc/nginx/conf.d/`),
    );
  }
  const run = runTool(gixy, ['--format', 'json', join(directory, 'etc/nginx/nginx.conf')]);
  rmSync(directory, { recursive: true });
  return JSON.parse(run.stdout) as Finding[];
}
