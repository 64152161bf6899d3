import { describe, expect, test } from 'vitest';
import { parseConf } from '../../../src/nginx/parse.ts';
import { nginxTarget } from '../../../src/nginx/targets.ts';
import { checkNginxConf, type NginxConfOptions } from '../../../src/verify/nginx/schema.ts';
import { badConfs, goodConfs, newerConfs } from './conf-cases.ts';

function problems(conf: string, options: Partial<NginxConfOptions> = {}) {
  const parsed = parseConf(conf);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return checkNginxConf(parsed.statements, { file: 'http', nginx: '1.22.1', ...options });
}

describe('checkNginxConf', () => {
  test.each(badConfs)('%s', (says, conf) => {
    expect(problems(conf)).toEqual([expect.objectContaining({ message: expect.stringContaining(says) })]);
  });

  test.each(goodConfs)('takes %s', (conf) => {
    expect(problems(conf)).toEqual([]);
  });

  test.each(newerConfs)('since nginx %s: %s', (since, conf) => {
    expect(problems(conf)[0]?.message).toMatch(`is there since nginx ${since}, and this is for 1.22.1`);
    expect(problems(conf, { nginx: since })).toEqual([]);
  });

  test('says where', () => {
    const conf =
      '# a\nserver {\n    listen 80;\n    location / {\n        gzip on;\n        gzip_vary maybe;\n        gzip off;\n    }\n}\n';
    expect(problems(conf)).toEqual([
      {
        pointer: '/1/block/1/block/1/args/0',
        line: 6,
        message: '"gzip_vary": "maybe" must be "on" or "off"',
      },
      { pointer: '/1/block/1/block/2', line: 7, message: '"gzip" is here already, and nginx takes it once' },
    ]);
    expect(problems('map $host $a {\n    # b\n    x;\n}\n')).toMatchObject([
      { pointer: '/0/block/1', line: 3 },
    ]);
  });

  test('a whole nginx.conf has an events block, and what belongs outside of http', () => {
    const main = { file: 'main' } as const;
    expect(
      problems(
        'worker_processes auto;\nevents {\n    worker_connections 768;\n}\nhttp {\n    gzip on;\n}\n',
        main,
      ),
    ).toEqual([]);
    expect(problems('user nginx;\n', main)).toEqual([
      { pointer: '', message: 'there is no "events" block, which nginx asks for' },
    ]);
    expect(problems('events {\n}\ngzip on;\n', main)).toEqual([
      { pointer: '/1', line: 3, message: '"gzip" is not allowed in the main level' },
    ]);
  });

  test('a package may have a directive before its version does', () => {
    expect(problems('max_headers 100;')).toHaveLength(1);
    expect(problems('max_headers 100;', nginxTarget('debian-12', 'distribution'))).toEqual([]);
    expect(problems('max_headers 100;', nginxTarget('ubuntu-24.04', 'distribution'))).toHaveLength(1);
    expect(problems('max_headers 100;', nginxTarget('ubuntu-24.04', 'nginx.org-stable'))).toEqual([]);
  });
});
