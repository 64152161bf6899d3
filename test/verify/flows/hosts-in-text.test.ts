import { describe, expect, it } from 'vitest';
import {
  hostsInVariable,
  urlsIn,
  withoutCommentLines,
  withoutScriptComments,
} from '../../../src/verify/flows/hosts-in-text.ts';

describe('hosts in a variable', () => {
  const values: [name: string, value: string, hosts: string[]][] = [
    ['API', 'https://api.example.com/v1', ['api.example.com']],
    ['DATABASE', 'postgres://user:p%40ss@db.example.com:5432/shop', ['db.example.com']],
    ['JDBC', 'jdbc:postgresql://db.example.com/shop', ['db.example.com']],
    ['QUEUE', 'mq-1.example.com:5672,mq-2.example.com:5672', ['mq-1.example.com', 'mq-2.example.com']],
    ['SMTP_HOST', 'smtp.example.com', ['smtp.example.com']],
    ['V6', 'http://[2001:db8::1]:80/', ['2001:db8::1']],
    ['TOPIC', 'order.created', []],
    ['MAIL', 'ops@example.com', []],
    ['AT', '12:30', []],
    ['VERSION', '1.2.3', []],
    ['RATIO', '1.5:2', []],
    ['DNS', '192.0.2.53:53', ['192.0.2.53']],
    ['SMTP_HOST', 'smtp', []],
  ];
  it.each(values)('%s=%s', (name, value, hosts) => expect(hostsInVariable(name, value)).toEqual(hosts));
});

describe('comments', () => {
  it('of a script end at the end of their line, and begin no word in quotes', () => {
    const script = [
      '# https://a.example',
      'curl https://b.example # https://c.example',
      "echo '# https://d.example'",
      'echo "$x#https://e.example" \\# https://f.example',
    ].join('\n');
    const found = urlsIn(withoutScriptComments(script)).map(({ host, line }) => `${host}:${line}`);
    expect(found).toEqual(['b.example:2', 'd.example:3', 'e.example:4', 'f.example:4']);
  });

  it('of other files are whole lines', () =>
    expect(urlsIn(withoutCommentLines('; http://a.example\nB=http://b.example\n'))).toEqual([
      { host: 'b.example', line: 2 },
    ]));
});
