import { describe, expect, it } from 'vitest';
import { kubernetesSyntax, type SyntaxName } from '../../src/kubernetes/syntax.ts';

const long = (length: number) => 'a'.repeat(length);

const cases: Record<SyntaxName, { right: string[]; wrong: string[] }> = {
  'annotation-key': {
    right: ['prometheus.io.scrape', 'Example.com/Topic', 'topic'],
    wrong: ['', '/topic', 'a/b/c', 'example.com/', 'två'],
  },
  byte: { right: ['', 'AA==', 'AAA=', 'AAEC'], wrong: ['A', 'AA=', 'AA==\n', 'AA-_', '===='] },
  cidr: {
    right: ['10.42.0.0/16', '0.0.0.0/0', '169.254.169.254/32', 'fd00::/8', '::/0'],
    wrong: ['10.42.0.0', '10.42.0.0/33', '10.42.0.0/', '10.42.0.0/016', '10.42/16', 'fd00::/129', 'a/1/2'],
  },
  'cluster-ip': { right: ['', 'None', '10.43.0.80', 'fd00::1'], wrong: ['none', '10.43.0', '10.43.0.080'] },
  'container-resource': {
    right: ['cpu', 'memory', 'ephemeral-storage', 'hugepages-2Mi', 'nvidia.com/gpu'],
    wrong: ['CPU', 'memery', 'storage', 'gpu', 'nvidia.com/'],
  },
  'data-key': {
    right: ['prometheus.yml', 'BASIC_AUTH', '.dockerconfigjson', long(253)],
    wrong: ['', '.', '..', '..data', 'a/b', 'a b', long(254)],
  },
  'dns-1035-label': {
    right: ['a', 'verify-2', long(63)],
    wrong: ['', '3d', 'a-', '-a', 'a.b', 'A', long(64)],
  },
  'dns-label': {
    right: ['a', '3d-secure', '0', long(63)],
    wrong: ['', 'a-', '-a', 'a.b', 'A', 'a_b', long(64)],
  },
  'dns-subdomain': {
    right: ['a', 'a.b-c.d', '1.2', long(253)],
    wrong: ['', '.a', 'a.', 'a..b', 'a.-b', 'A', 'a_b', long(254)],
  },
  'env-name': {
    right: ['exec_timeout', 'A-B.C', 'a b', '0', '~'],
    wrong: ['', 'a=b', 'å', 'a\tb', 'a\nb'],
  },
  ip: { right: ['10.0.0.1', '::1'], wrong: ['', '10.0.0', '10.0.0.256', 'localhost'] },
  'label-key': {
    right: ['app', 'app.kubernetes.io/name', 'com.openfaas.scale.min', 'A_b', long(63)],
    wrong: ['', '-a', 'a-', 'Example.com/a', 'a/b/c', 'example.com/', '/a', long(64), 'a b'],
  },
  'label-value': { right: ['', 'a', 'A_b.c-1', long(63)], wrong: ['-', 'a-', 'a b', 'a/b', 'ø', long(64)] },
  'path-segment': { right: ['verify', 'system:node', 'A b'], wrong: ['', '.', '..', 'a/b', 'a%b'] },
  percentage: { right: ['0%', '25%', '100%'], wrong: ['', '25', '-1%', '1.5%', '%'] },
  'port-name': {
    right: ['http', 'a', '1a', 'gw-metrics', long(15)],
    wrong: ['', '8080', 'HTTP', '-a', 'a-', 'a--b', 'a_b', long(16)],
  },
  quantity: {
    right: [
      '0',
      '1',
      '0.5',
      '.5',
      '5.',
      '100m',
      '128Mi',
      '1Gi',
      '1k',
      '1E',
      '1e3',
      '1E-3',
      '+1',
      '-1',
      '5n',
      '5u',
    ],
    wrong: [
      '',
      '.',
      'm',
      '128MB',
      '128mi',
      '1K',
      '1 Gi',
      '1Gi ',
      '1ki',
      '1e',
      '1,5',
      '0x1',
      'Infinity',
      '1.2.3',
    ],
  },
  'relative-path': { right: ['a', 'a/b', '..a', 'a/.b'], wrong: ['', '/a', '..', 'a/../b', '../a', 'a/..'] },
};

describe.each(Object.entries(cases))('%s', (name, { right, wrong }) => {
  const { test } = kubernetesSyntax[name as SyntaxName];
  it.each(right)('takes %j', (text) => expect(test(text)).toBe(true));
  it.each(wrong)('refuses %j', (text) => expect(test(text)).toBe(false));
});
