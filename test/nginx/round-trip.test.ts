import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blank, block, comment, directive, type Statement } from '../../src/nginx/directive.ts';
import { parseConf } from '../../src/nginx/parse.ts';
import { printConf } from '../../src/nginx/print.ts';
import { statements } from './arbitrary-conf.ts';

function withoutLines(list: readonly Statement[]): Statement[] {
  return list.map((statement) => {
    const { line: _, ...rest } = statement;
    if (!('block' in rest) || rest.block === undefined) return rest;
    return { ...rest, block: withoutLines(rest.block) };
  });
}

function parsed(text: string): Statement[] {
  const result = parseConf(text);
  if ('problem' in result) throw new Error(`line ${result.problem.line}: ${result.problem.message}\n${text}`);
  return result.statements;
}

const canonical = `# Written by hand.

upstream openfaas_gateway {
    server 10.43.0.80:8080 max_fails=0;
    keepalive 256;
}

map $http_upgrade $openfaas_connection {
    default upgrade;
    "" "";
}
map $remote_addr $openfaas_net {
    '~^"(?<net>.{8})\\\\.$' $net;
}

#
server {
    listen [::]:443 ssl http2;

    location @limited {
        return 429 '{"error":"too many requests"}\\n';
    }
    location / {}
}
`;

describe('printConf and parseConf', () => {
  test('printed statements are read back unchanged, and print to the same bytes again', () => {
    fc.assert(
      fc.property(statements, (list) => {
        const text = printConf(list);
        const read = parsed(text);
        expect(withoutLines(read)).toEqual(list);
        expect(printConf(read)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  test('a text in our format is printed again byte for byte', () => {
    expect(printConf(parsed(canonical))).toBe(canonical);
  });

  test('constructors make the same text', () => {
    const conf = [
      comment('one'),
      blank(),
      block('server', [], [directive('listen', '443', 'ssl'), block('location', ['=', '/x y'], [])]),
    ];
    expect(printConf(conf)).toBe('# one\n\nserver {\n    listen 443 ssl;\n    location = "/x y" {}\n}\n');
    expect(printConf([])).toBe('');
  });

  test('a comment is one line that nginx can read', () => {
    for (const text of ['two\nlines', 'a\0b', '\uD83E', 'a'.repeat(5000)]) {
      expect(() => printConf([comment(text)])).toThrow(RangeError);
    }
  });
});
