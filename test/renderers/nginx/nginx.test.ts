import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../src/compile.ts';
import type { FunctionConfig } from '../../../src/config/functions/function.ts';
import type { GatewayConfig } from '../../../src/config/gateway/gateway.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { parseConf } from '../../../src/nginx/parse.ts';
import { printConf } from '../../../src/nginx/print.ts';
import { cases } from '../../cases/index.ts';
import { functionWith, platformWith } from '../../platform/edit.ts';

function conf(config: PlatformConfig, path = 'nginx/openfaas.conf'): string {
  const { artifacts, diagnostics } = compileConfig(config, 'platform.config.ts');
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return artifacts.find((artifact) => artifact.path === path)?.text ?? '';
}

const withGateway = (gateway: GatewayConfig) => conf(platformWith({ gateway }));
const withFunction = (fn: Partial<FunctionConfig>) => conf(functionWith(fn));

describe('an emitted conf does not change when it is parsed and printed again', () => {
  it.each(Object.entries(cases))('%s', (_, config) => {
    const { artifacts } = compileConfig(config, 'platform.config.ts');
    const confs = artifacts.filter(({ kind }) => kind === 'nginx');
    expect(confs).toHaveLength(2);
    for (const { text } of confs) {
      const parsed = parseConf(text);
      expect('statements' in parsed && printConf(parsed.statements)).toBe(text);
    }
  });
});

describe("the short conf's settings", () => {
  const text = withGateway({
    rateLimit: { rate: '10r/s', burst: 20 },
    maxBody: '50M',
    buffers: { count: 8, size: '16k', header: '32k' },
  });
  it.each([
    'rate=10r/s;',
    'limit_req zone=openfaas_req burst=20 nodelay;',
    'client_max_body_size 50m;',
    'proxy_buffers 8 16k;',
    'proxy_buffer_size 32k;',
    'proxy_set_header Host $host;',
    'proxy_set_header X-Real-IP $remote_addr;',
    'server_name functions.example.no;',
  ])('%s', (line) => expect(text).toContain(line));
});

describe('a rate limit', () => {
  it.each([
    [{ burst: 20 }, 'burst=20 nodelay'],
    [{ burst: 20, delay: 20 }, 'burst=20 nodelay'],
    [{ burst: 20, delay: 8 }, 'burst=20 delay=8'],
    [{ burst: 20, delay: 0 }, 'burst=20'],
  ])('%j is %s', (rateLimit, words) => {
    expect(withGateway({ rateLimit })).toContain(`limit_req zone=openfaas_req ${words};`);
  });
  it('without a burst is only the rate', () => {
    expect(withGateway({ rateLimit: { burst: 0 } })).toContain('limit_req zone=openfaas_req;');
  });
  it('per minute gives Retry-After in seconds', () => {
    expect(withGateway({ rateLimit: { rate: '7r/m' } })).toContain('429 9;');
  });
});

describe('each OS gets the form that its nginx reads', () => {
  const on = (os: 'debian-12' | 'debian-13' | 'ubuntu-24.04' | 'ubuntu-26.04') =>
    conf(platformWith({ nodes: { a: { os } } }));
  it.each(['debian-12', 'ubuntu-24.04'] as const)('%s', (os) => {
    expect(on(os)).toContain('listen 443 ssl http2;');
    expect(on(os)).toContain('ssl_ecdh_curve X25519:prime256v1:secp384r1;');
  });
  it.each(['debian-13', 'ubuntu-26.04'] as const)('%s', (os) => {
    expect(on(os)).toContain('listen 443 ssl;\n');
    expect(on(os)).toContain('http2 on;');
    expect(on(os)).toContain('ssl_ecdh_curve X25519MLKEM768:X25519:prime256v1:secp384r1;');
    expect(on(os)).not.toContain('ssl_session_tickets');
  });
  it('max_headers is not used if only a recent security update has it', () => {
    expect(on('debian-12')).not.toContain('max_headers');
    expect(on('ubuntu-24.04')).not.toContain('max_headers');
  });
});

it('the backlog is the smallest that the kernels of all nodes allow', () => {
  const listens = (kernel: PlatformConfig['kernel']) =>
    conf(platformWith({ kernel })).match(/(?<=backlog=)\d+/g);
  expect(listens({})).toEqual(['4096', '4096', '4096', '4096']);
  expect(listens({ profile: 'none' })).toEqual(['4096', '4096', '4096', '4096']);
  expect(listens({ sysctl: { 'net.core.somaxconn': 16_384 } })?.[0]).toBe('16384');
});

it('nodes with different OSs get a form that all of them read', () => {
  const nodes: PlatformConfig['nodes'] = {
    a: { os: 'debian-12', role: 'server', address: '192.0.2.1' },
    b: { os: 'debian-13', role: 'agent', address: '192.0.2.2', nginx: true },
  };
  const text = conf(platformWith({ nodes }));
  expect(text).toContain('listen 443 ssl http2;');
  expect(text).not.toContain('max_headers');
  expect(text).not.toContain('MLKEM');
});

it('a name of any length fits into nginx', () => {
  const label = 'a'.repeat(63);
  const domain = `${label}.${label}.${label}.example.no`;
  const text = conf(platformWith({ domain }));
  expect(text).toContain('server_names_hash_bucket_size 256;');
});

describe('text with a special meaning to nginx', () => {
  const hostile = [
    'a;b',
    'a{b',
    'a}b',
    "a'b",
    'a"b',
    '$host',
    'a\nb',
    'a\0b',
    'a b',
    '#a',
    '..',
    'blå',
    '\\',
  ];
  const places: [string, (text: string) => PlatformConfig, string][] = [
    ['a domain', (text) => functionWith({ http: { domains: [`${text}.no`] } }), 'domains.0'],
    ['a path', (text) => functionWith({ http: { paths: [`/${text}`] } }), 'paths.0'],
    [
      'a password file',
      (text) => functionWith({ http: { auth: { passwordFile: `/etc/${text}` } } }),
      'passwordFile',
    ],
    ['an origin', (text) => functionWith({ http: { cors: { origins: [`https://${text}`] } } }), 'origins.0'],
    [
      'a header',
      (text) => functionWith({ http: { cors: { origins: ['https://a.no'], headers: [text] } } }),
      'headers.0',
    ],
    ['a function to ask', (text) => functionWith({ http: { auth: { function: text } } }), 'auth.function'],
    ['a network', (text) => platformWith({ gateway: { exempt: [text] } }), 'exempt.0'],
    [
      'the header of a proxy',
      (text) => platformWith({ gateway: { trustedProxies: { networks: ['10.0.0.0/8'], header: text } } }),
      'header',
    ],
    [
      'an authority of clients',
      (text) => platformWith({ gateway: { tls: { clientCa: `/${text}` } } }),
      'clientCa',
    ],
    [
      'a certificate',
      (text) => platformWith({ gateway: { tls: { files: { certificate: `/${text}`, key: '/key' } } } }),
      'certificate',
    ],
    [
      'a directory',
      (text) => platformWith({ gateway: { tls: { directory: `https://${text}` } } }),
      'directory',
    ],
    ['a rate', (text) => platformWith({ gateway: { rateLimit: { rate: text } } }), 'rate'],
  ];
  it.each(places)('is refused in %s', (_, config, place) => {
    for (const text of hostile) {
      const { artifacts, diagnostics } = compileConfig(config(text), 'platform.config.ts');
      expect(artifacts).toEqual([]);
      expect(diagnostics.map(({ path }) => path.join('.')).join(' ')).toContain(place);
    }
  });
});

describe('a function', () => {
  it('that streams is not buffered', () => {
    expect(withFunction({ http: { stream: true } })).toContain('proxy_buffering off;');
  });
  it('with a shorter timeout than others gets a shorter wait', () => {
    const image = 'ghcr.io/acme/pay:1';
    const functions = { quick: { image, timeout: '5s' }, slow: { image, timeout: '10m' } };
    const text = conf(platformWith({ functions }));
    expect(text).toMatch(
      /location = \/function\/quick \{\n +proxy_send_timeout 15s;\n +proxy_read_timeout 15s;/,
    );
    expect(text).toMatch(/location = \/function\/slow \{\n +proxy_pass/);
  });
  it('with its own domain has its own certificate', () => {
    const text = withFunction({ http: { domains: ['pay.example.no'] } });
    expect(text).toContain('ssl_certificate /etc/nginx/tls/pay.example.no/fullchain.pem;');
    expect(text).toContain('return 308 https://pay.example.no$request_uri;');
  });
});

describe('nginx.conf', () => {
  it('has twice as many files as connections', () => {
    const text = conf(platformWith({ gateway: { connections: 600 } }), 'nginx/nginx.conf');
    expect(text).toContain('worker_connections 600;');
    expect(text).toContain('worker_rlimit_nofile 2224;');
  });
});
