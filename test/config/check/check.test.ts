import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../../src/config/check/check.ts';
import { formatPath } from '../../../src/diagnostics/config-path.ts';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';

const schema: object = createRequire(import.meta.url)('../../../schemas/platform.schema.json');

const minimal = {
  domain: 'functions.example.no',
  nodes: { 'oslo-1': {} },
  functions: { pay: { image: 'ghcr.io/acme/pay:1.0.0' } },
};

const withFunction = (extra: object) => ({
  ...minimal,
  functions: { pay: { image: 'ghcr.io/acme/pay:1.0.0', ...extra } },
});

/** `code path: fact | hint`, and `(key)` where the key is meant. */
function line({ code, path, at, message, hint }: Diagnostic): string {
  return `${code} ${formatPath(path)}${at === 'key' ? ' (key)' : ''}: ${message} | ${hint.replaceAll('\n', ' / ')}`;
}

function lines(value: unknown): string[] {
  return check(value).map(line);
}

describe('a config that is right', () => {
  it('passes, the smallest and a full one', () => {
    expect(lines(minimal)).toEqual([]);
    expect(
      lines({
        ...withFunction({
          timeout: '1h30m',
          replicas: { min: 1, max: 2 },
          env: { A_b: '' },
          secrets: ['a', 'b'],
        }),
        kernel: {
          profile: 'none',
          sysctl: { 'vm.swappiness': 10, 'net.ipv4.ip_local_port_range': '1024 65000' },
        },
        delivery: { mode: 'embedded' },
      }),
    ).toEqual([]);
  });

  it('is not changed by the check', () => {
    const frozen = Object.freeze(structuredClone(minimal));
    check(frozen);
    expect(frozen).toEqual(minimal);
  });
});

describe('keys', () => {
  it('are unknown, with the one that was meant', () => {
    expect(lines({ ...minimal, gatway: {} })).toEqual([
      "check/unknown-key gatway (key): there is no key 'gatway' here | did you mean gateway?",
    ]);
    expect(
      lines({ ...minimal, gateway: { rate_limit: {}, MaxBody: '1m', buf: {} } }).map(
        (each) => each.split(' | ')[1],
      ),
    ).toEqual(['did you mean rateLimit?', 'did you mean maxBody?', 'did you mean buffers?']);
  });

  it('are not suggested when they are used already', () => {
    expect(lines(withFunction({ imgae: 'x:1' }))).toEqual([
      "check/unknown-key functions.pay.imgae (key): there is no key 'imgae' here | remove it: image is already set",
    ]);
  });

  it('are listed when none is near and they are few', () => {
    expect(lines({ ...minimal, gateway: { rateLimit: { window: '1s' } } })).toEqual([
      "check/unknown-key gateway.rateLimit.window (key): there is no key 'window' here | remove it; the keys here are rate, burst, delay",
    ]);
  });

  it('are told where they belong', () => {
    expect(lines({ ...minimal, burst: 5, image: 'a:1' })).toEqual([
      "check/unknown-key burst (key): there is no key 'burst' here | move it: burst is a key of functions.<name>.http.rateLimit or gateway.rateLimit",
      "check/unknown-key image (key): there is no key 'image' here | move it: image is a key of functions.<name>",
    ]);
    expect(lines({ ...minimal, gateway: { domain: 'a.no' } })).toEqual([
      "check/unknown-key gateway.domain (key): there is no key 'domain' here | move it: domain is a key of the config itself",
    ]);
  });

  it('can be hostile', () => {
    const hostile = JSON.parse(
      '{"__proto__": 1, "constructor": {}, "toString": 2, "\\u001b[31m": 3, "a.b/c~d": 4}',
    );
    expect(check({ ...minimal, gateway: hostile }).map(({ code, path }) => [code, path[1]])).toEqual([
      ['check/unknown-key', '__proto__'],
      ['check/unknown-key', 'constructor'],
      ['check/unknown-key', 'toString'],
      ['check/unknown-key', '\u001b[31m'],
      ['check/unknown-key', 'a.b/c~d'],
    ]);
    const nodes = JSON.parse('{"__proto__": {}, "a/b~c": {"os": 1}}');
    expect(check({ ...minimal, nodes }).map(({ code, path }) => [code, ...path])).toEqual([
      ['check/wrong-name', 'nodes', '__proto__'],
      ['check/wrong-name', 'nodes', 'a/b~c'],
      ['check/not-one-of', 'nodes', 'a/b~c', 'os'],
    ]);
    expect(lines({ ...minimal, functions: { constructor: { image: 'a:1' } } })).toEqual([]);
  });

  it('are missing', () => {
    expect(lines({ domain: 'a.example' })).toEqual([
      expect.stringMatching(
        /^check\/missing-key {2}\(key\): the key nodes is missing \| add it, for example nodes: \{ .+ \}$/,
      ),
      expect.stringMatching(
        /^check\/missing-key {2}\(key\): the key functions is missing \| add it, for example functions: \{ .*image: '.+' \} \}$/,
      ),
    ]);
    expect(lines({ ...minimal, functions: { pay: {} } })).toEqual([
      "check/missing-key functions.pay (key): the key image is missing | add it, for example image: 'ghcr.io/openfaas/figlet:0.3.0'",
    ]);
  });

  it('are not missing as well when they are misspelt', () => {
    expect(lines({ ...minimal, functions: { pay: { imgae: 'a:1' } } })).toEqual([
      "check/unknown-key functions.pay.imgae (key): there is no key 'imgae' here | did you mean image?",
    ]);
  });

  it('come from other tools', () => {
    expect(lines(withFunction({ environment: {}, lang: 'node22' }))).toEqual([
      "check/foreign-key functions.pay.environment (key): there is no key 'environment' here; that is another tool's name for it | write env",
      "check/foreign-key functions.pay.lang (key): there is no key 'lang' here; that is another tool's name for it | write source: { template: '…', handler: '…' }",
    ]);
  });

  it('of a record have the wrong form', () => {
    expect(lines({ ...minimal, functions: { My_Fn: { image: 'a:1' } } })).toEqual([
      "check/wrong-name functions.My_Fn (key): 'My_Fn' cannot be a key here: it is not a DNS label | did you mean 'my-fn'?",
    ]);
    expect(lines(withFunction({ env: { '1-A': 'x', ['A'.repeat(254)]: 'x' } }))).toEqual([
      "check/wrong-name functions.pay.env['1-A'] (key): '1-A' cannot be a key here: it is not an environment variable's name | write a value such as 'LOG_LEVEL' / The name of an environment variable",
      expect.stringMatching(
        /^check\/too-long functions\.pay\.env.* has 254 characters, but the maximum is 253 \|/,
      ),
    ]);
  });
});

describe('values', () => {
  it('are of the wrong type', () => {
    expect(lines(5)).toEqual([
      expect.stringMatching(
        /^check\/wrong-type : expected an object, got the number 5 \| write a value such as \{ domain: /,
      ),
    ]);
    expect(lines({ ...minimal, nodes: [] })).toEqual([
      expect.stringMatching(
        /^check\/wrong-type nodes: expected an object, got an empty list \| write a value such as \{ /,
      ),
    ]);
    expect(
      lines(
        withFunction({ timeout: 30, secrets: 'a', readOnlyRootFilesystem: 'no', env: { A: 5, B: null } }),
      ),
    ).toEqual([
      "check/wrong-type functions.pay.timeout: expected a length of time, got the number 30 | write a value such as '30s', '5m' or '1h30m'",
      "check/wrong-type functions.pay.env.A: expected a string, got the number 5 | write '5'",
      "check/wrong-type functions.pay.env.B: expected a string, got null | write a value such as 'text', or remove the key",
      "check/wrong-type functions.pay.secrets: expected a list, got the string 'a' | write ['a']",
      "check/wrong-type functions.pay.readOnlyRootFilesystem: expected true or false, got the string 'no' | write false",
    ]);
    expect(lines({ ...minimal, gateway: { connectionLimit: '50', rateLimit: { burst: 1.5 } } })).toEqual([
      'check/wrong-type gateway.rateLimit.burst: expected a whole number, got the number 1.5 | write a value such as 20',
      "check/wrong-type gateway.connectionLimit: expected a whole number, got the string '50' | write 50",
    ]);
    expect(
      lines(withFunction({ replicas: { min: Number.NaN, max: Number.POSITIVE_INFINITY } })).map(
        (each) => each.split(' | ')[0],
      ),
    ).toEqual([
      'check/wrong-type functions.pay.replicas.min: expected a whole number, got the number NaN',
      'check/wrong-type functions.pay.replicas.max: expected a whole number, got the number Infinity',
    ]);
  });

  it('are not one of those that there are', () => {
    const node = (extra: object) => ({ ...minimal, nodes: { a: extra } });
    expect(lines(node({ role: 'worker', arch: null }))).toEqual([
      "check/not-one-of nodes.a.role: 'worker' is not 'server' or 'agent' | write 'server' or 'agent'",
      "check/not-one-of nodes.a.arch: null is not 'amd64' or 'arm64' | write 'amd64' or 'arm64', or remove the key",
    ]);
    expect(lines(node({ provider: 'Coolvds' }))).toEqual([
      expect.stringMatching(
        /^check\/not-one-of nodes\.a\.provider: 'Coolvds' is not one of the \d+ possible values \| did you mean 'coolvds'\? It could also be 'hetzner', /,
      ),
    ]);
    expect(lines({ ...minimal, openfaas: { edition: 'enterprise' } })).toEqual([
      "check/not-one-of openfaas.edition: 'enterprise' is not 'community' or 'pro' | write 'community' or 'pro'",
    ]);
  });

  it('have no unit or a wrong one', () => {
    for (const [timeout, hint] of [
      ['30', "write a value such as '30s', '5m' or '1h30m'"],
      ['', "write a value such as '30s', '5m' or '1h30m'"],
      ['30sec', "did you mean '30s'?"],
      ['30 s', "did you mean '30s'?"],
      ['2 Minutes', "did you mean '2m'?"],
      ['soon', "write a value such as '30s', '5m' or '1h30m'"],
    ]) {
      expect(lines(withFunction({ timeout }))).toEqual([
        `check/wrong-unit functions.pay.timeout: '${timeout}' is not a length of time | ${hint}`,
      ]);
    }
    expect(
      lines({
        ...withFunction({ memory: { request: '128MB', limit: '1G' }, cpu: { limit: '1.' } }),
        gateway: { maxBody: '50MB', rateLimit: { rate: '10/s' }, buffers: { size: '16' } },
      }),
    ).toEqual([
      "check/wrong-unit functions.pay.memory.request: '128MB' is not an amount of memory | did you mean '128Mi'?",
      "check/wrong-unit functions.pay.memory.limit: '1G' is not an amount of memory | did you mean '1Gi'?",
      "check/wrong-unit functions.pay.cpu.limit: '1.' is not an amount of cpu | did you mean '1'?",
      "check/wrong-unit gateway.rateLimit.rate: '10/s' is not a request rate | did you mean '10r/s'?",
      "check/wrong-unit gateway.maxBody: '50MB' is not a size in nginx's units | did you mean '50M'?",
      "check/wrong-unit gateway.buffers.size: '16' is not a size in nginx's units | write a value such as '16k', '1m' or '50M'",
    ]);
  });

  it('have the wrong form', () => {
    expect(lines({ ...minimal, domain: 'https://Functions.example.no/' })).toEqual([
      "check/wrong-form domain: 'https://Functions.example.no/' is not a domain name | did you mean 'functions.example.no'?",
    ]);
    expect(lines({ ...minimal, domain: 'localhost' })).toEqual([
      "check/wrong-form domain: 'localhost' is not a domain name | write a value such as 'functions.example.no' / A fully qualified domain name: at least two labels, the last one not a number, no final dot",
    ]);
    expect(lines({ ...minimal, functions: { pay: { image: 'ghcr.io/acme/pay' } } })).toEqual([
      "check/wrong-form functions.pay.image: 'ghcr.io/acme/pay' is not an image with a tag or a digest | write a value such as 'ghcr.io/openfaas/figlet:0.3.0' or 'ghcr.io/acme/pay@sha256:<64 hex digits>' / A container image with a tag or a digest, so that the same name means the same bytes next month",
    ]);
    expect(lines({ ...minimal, openfaas: { address: '10.43.0.800' } })).toEqual([
      "check/wrong-form openfaas.address: '10.43.0.800' is not an IPv4 address | write a value such as '10.43.0.80'",
    ]);
    expect(check({ ...minimal, domain: 'a\u0000.\u001b[31m' })[0]?.message).toBe(
      "'a\\0.\\x1b[31m' is not a domain name",
    );
  });

  it('are out of range', () => {
    expect(lines({ ...minimal, gateway: { connectionLimit: 0, buffers: { count: 9999 } } })).toEqual([
      'check/out-of-range gateway.connectionLimit: 0 is out of range: from 1 to 65535 | write a number from 1 to 65535',
      'check/out-of-range gateway.buffers.count: 9999 is out of range: from 2 to 1024 | write a number from 2 to 1024',
    ]);
  });

  it('are too long, which goes before the form', () => {
    expect(lines({ ...minimal, domain: `${'a.'.repeat(200)}no!` })).toEqual([
      expect.stringMatching(
        /^check\/too-long domain: 'a\.a\..*…' has 403 characters, but the maximum is 253 \| shorten it to at most 253 characters$/,
      ),
    ]);
  });

  it('are too few or too many', () => {
    const many = Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`n${index}`, {}]));
    expect(lines({ ...minimal, nodes: many })).toEqual([
      'check/too-many nodes (key): there are 13 keys here, but the maximum is 12 | keep at most 12',
    ]);
    expect(lines({ ...minimal, functions: {}, sovereignty: { countries: [] } })).toEqual([
      expect.stringMatching(
        /^check\/too-few functions: there are 0 keys here, but the minimum is 1 \| write a value such as \{ /,
      ),
      "check/too-few sovereignty.countries: there are 0 items here, but the minimum is 1 | write a value such as ['NO']",
    ]);
  });

  it('are there twice', () => {
    expect(lines(withFunction({ secrets: ['a', 'b', 'a'] }))).toEqual([
      "check/duplicate-item functions.pay.secrets[2]: 'a' is already in the list, as item 1 | remove one of the two",
    ]);
  });
});

describe('a value that can be one thing or another', () => {
  it('is checked as what it is', () => {
    expect(lines({ ...minimal, delivery: { mod: 'embedded' } })).toEqual([
      "check/unknown-key delivery.mod (key): there is no key 'mod' here | did you mean mode?",
    ]);
    expect(lines({ ...minimal, delivery: {} })).toEqual([
      "check/missing-key delivery (key): the key mode is missing | add it, for example mode: 'embedded'",
    ]);
    expect(lines({ ...minimal, delivery: 'embeded' })).toEqual([
      expect.stringMatching(/^check\/not-one-of delivery: 'embeded' is not .* \| did you mean 'embedded'\?/),
    ]);
    expect(lines({ ...minimal, kernel: { sysctl: { 'vm.swappiness': '1;2' } } })).toEqual([
      expect.stringMatching(/^check\/wrong-form kernel\.sysctl\['vm\.swappiness'\]: '1;2' is not /),
    ]);
  });

  it('is none of them', () => {
    expect(lines({ ...minimal, delivery: 5, kernel: { sysctl: { 'vm.swappiness': 1.5 } } })).toEqual([
      expect.stringMatching(
        /^check\/wrong-type kernel\.sysctl\['vm\.swappiness'\]: expected a whole number or .*, got the number 1\.5 \| write a value such as 1 or '16384 65000'$/,
      ),
      expect.stringMatching(
        /^check\/wrong-type delivery: expected 'embedded'.* or an object, got the number 5 \| /,
      ),
    ]);
  });
});

describe('any value', () => {
  it('gives diagnostics, never a throw', () => {
    const circular: Record<string, unknown> = {};
    circular.domain = circular;
    const deep = JSON.parse(`${'{"domain":'.repeat(5000)}1${'}'.repeat(5000)}`);
    const strange = [
      undefined,
      null,
      circular,
      deep,
      () => 1,
      Symbol('x'),
      1n,
      new Date(0),
      { domain: 'x'.repeat(1e7) },
    ];
    for (const value of strange) expect(check(value).length).toBeGreaterThan(0);
  });

  it('passes exactly when it is valid by the schema', () => {
    const validate = new Ajv({ strictTypes: false }).compile(schema);
    const anything = fc.anything({ withNullPrototype: false, maxDepth: 4 });
    const nearly = fc.record(
      {
        domain: fc.oneof(fc.constant('a.example'), anything),
        nodes: fc.oneof(
          fc.dictionary(
            fc.constantFrom('a', 'B'),
            fc.record({ os: fc.constantFrom('debian-12', 'x', 1) }, { requiredKeys: [] }),
          ),
          anything,
        ),
        functions: fc.oneof(
          fc.dictionary(
            fc.constantFrom('a', '__proto__', 'c'),
            fc.record({ image: fc.constantFrom('a:1', 'a'), timeout: anything }, { requiredKeys: [] }),
          ),
          anything,
        ),
        delivery: fc.oneof(fc.constant('embedded'), fc.record({ mode: anything }), anything),
        kernel: fc.record({ sysctl: fc.dictionary(fc.constantFrom('a.b', 'a'), anything) }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(nearly, anything), (value) => {
        const json = asJson(value);
        expect(check(json).length === 0).toBe(validate(json));
      }),
      { numRuns: 500 },
    );
  });

  it('takes long texts in every place in no time', () => {
    const long = [
      'a'.repeat(60_000),
      'a-'.repeat(30_000),
      'a.'.repeat(30_000),
      '1'.repeat(60_000),
      '1 '.repeat(30_000),
    ];
    const start = performance.now();
    for (const text of long) {
      check({
        name: text,
        domain: text,
        nodes: { [text]: { os: text, address: text, country: text } },
        functions: {
          [text]: {
            image: text,
            timeout: text,
            cpu: { limit: text },
            source: { handler: text, template: text },
          },
        },
        gateway: { tls: { email: `a@${text}` }, maxBody: text, rateLimit: { rate: text } },
        k3s: { version: text, clusterCidr: text, downloadFrom: `https://${text}` },
        kernel: { sysctl: { [text]: text } },
        [text]: 1,
      });
    }
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

/** What JSON would make of a value; objects that JSON cannot say become null. */
function asJson(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value) ?? 'null');
  } catch {
    return null;
  }
}

describe('the schema', () => {
  it('is a valid schema', () => {
    const ajv = new Ajv();
    expect(ajv.validateSchema(schema)).toBe(true);
  });

  it('gives every text with a pattern a name and examples that fit it', () => {
    const nameless: string[] = [];
    walk(schema, (node, where) => {
      if (typeof node.pattern !== 'string') return;
      const examples = Array.isArray(node.examples) ? node.examples : [];
      const isShown = examples.some((example) => new RegExp(String(node.pattern), 'u').test(String(example)));
      if (typeof node.title !== 'string' || !isShown) nameless.push(where);
    });
    expect(nameless).toEqual([]);
  });

  it('says nothing that has no sentence', () => {
    const known = new Set(
      'type enum const required additionalProperties propertyNames anyOf pattern minLength maxLength minimum maximum multipleOf minItems maxItems uniqueItems items properties minProperties maxProperties $ref $id $schema title description default examples definitions'.split(
        ' ',
      ),
    );
    const unknown = new Set<string>();
    walk(schema, (node) => {
      for (const keyword of Object.keys(node)) if (!known.has(keyword)) unknown.add(keyword);
    });
    expect([...unknown]).toEqual([]);
  });
});

/** Visits every schema in a schema. */
function walk(
  node: object,
  visit: (node: Record<string, unknown>, where: string) => void,
  where = '#',
): void {
  visit({ ...node }, where);
  for (const [keyword, part] of Object.entries(node)) {
    if (/^(properties|definitions)$/.test(keyword)) {
      for (const [name, each] of Object.entries(part))
        walk(Object(each), visit, `${where}/${keyword}/${name}`);
    } else if (/^(items|propertyNames|additionalProperties)$/.test(keyword) && typeof part === 'object') {
      walk(part, visit, `${where}/${keyword}`);
    } else if (keyword === 'anyOf') {
      for (const [index, each] of Object.entries(part)) walk(Object(each), visit, `${where}/anyOf/${index}`);
    }
  }
}
