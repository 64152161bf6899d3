import { describe, expect, it } from 'vitest';
import { check } from '../../../../src/config/check/check.ts';
import { smallest } from '../../../cases/smallest.ts';

const [node = ''] = Object.keys(smallest.nodes);

function answers(extra: object): string[] {
  return check({ ...smallest, ...extra }).map(({ code, hint }) => `${code}: ${hint}`);
}

const ofFunction = (settings: object) =>
  answers({ functions: { pay: { image: 'ghcr.io/acme/pay:1', ...settings } } });
const ofNode = (settings: object) => answers({ nodes: { [node]: { ...smallest.nodes[node], ...settings } } });

describe('a near word that means something else is not offered', () => {
  it.each([
    ['gpu is not cpu', ofFunction({ gpu: 1 }), /^check\/not-offered: remove it; functions get no graphics/],
    ['gpus is not cpus', ofNode({ gpus: 1 }), /^check\/not-offered: remove it; functions get no graphics/],
    [
      'image of a machine is os',
      ofNode({ image: 'debian-12' }),
      /^check\/foreign-key: write os, such as 'debian-12'/,
    ],
    [
      'sshKeys is ssh.keys',
      ofNode({ sshKeys: ['ssh-ed25519 A'] }),
      /^check\/foreign-key: write ssh: \{ keys/,
    ],
    [
      "a function's password is not the gateway's",
      ofFunction({ http: { basicAuth: true } }),
      /^check\/foreign-key: write http: \{ auth: .*everybody may call the function$/,
    ],
    [
      "stack.yaml's version is not K3s'",
      answers({ version: '1.0' }),
      /^check\/foreign-key: remove the version of a stack\.yaml/,
    ],
    [
      "a machine's region is not a bucket's",
      ofNode({ region: 'hel1' }),
      /^check\/not-offered: .*Fjord creates no/,
    ],
    [
      "a node's own word for it",
      ofNode({ hostname: 'oslo' }),
      /^check\/foreign-key: remove it; a node is named/,
    ],
    [
      'a sysctl is named whole',
      answers({ kernel: { 'vm.swappiness': 1 } }),
      /write sysctl: \{ 'vm\.swappiness': … \}/,
    ],
    ['a key of another section', answers({ openfaas: { memory: '8Gi' } }), /^check\/unknown-key: remove it;/],
    [
      'a value that would not fit',
      ofFunction({ max: 3 }),
      /^check\/unknown-key: move it: max is a key of functions\.<name>\.replicas$/,
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });
});

describe('a word of nginx is translated', () => {
  it.each([
    [{ gateway: { proxy_read_timeout: '60s' } }, "nginx' timeouts follow from each function's timeout"],
    [{ gateway: { limit_req_zone: '$binary_remote_addr zone=a:10m rate=10r/s' } }, 'write rateLimit'],
    [{ nginx: { clientMaxBodySize: '10m' } }, 'write maxBody'],
    [{ nginx: { worker_connections: 4096 } }, 'write gateway.connections'],
    [{ gateway: { proxy_next_upstream: 'off' } }, "nginx' conf follows from gateway and functions"],
    [{ gateway: { gzip: true } }, 'a function compresses its own answers'],
  ])('%j', (extra, expected) => {
    expect(answers(extra)).toEqual([expect.stringContaining('check/nginx-directive: ')]);
    expect(answers(extra)).toEqual([expect.stringContaining(expected)]);
  });

  it('but a key of one word that nginx has too is no directive elsewhere', () => {
    expect(ofFunction({ listen: 8081 })).toEqual([expect.stringContaining('check/unknown-key')]);
  });
});

describe('a slip of the fingers is still one', () => {
  it.each([
    [ofFunction({ timeuot: '30s' }), 'did you mean timeout?'],
    [ofFunction({ replcas: 2 }), 'did you mean replicas?'],
    [answers({ gatway: {} }), 'did you mean gateway?'],
    [
      answers({ rateLimit: { rate: '10r/s' } }),
      'move it: rateLimit is a key of functions.<name>.http or gateway',
    ],
  ])('%j', (found, expected) => {
    expect(found).toEqual([expect.stringContaining(expected)]);
  });
});
