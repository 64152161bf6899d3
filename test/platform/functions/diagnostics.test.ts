import { describe, expect, it } from 'vitest';
import type { FunctionConfig } from '../../../src/config/functions/function.ts';
import type { PlatformConfig } from '../../../src/config/platform-config.ts';
import { resolve } from '../../../src/platform/resolve.ts';
import { large, platformWith } from '../edit.ts';

const image = 'ghcr.io/acme/pay:1';

/** What resolving reports of functions and their settings: severity, code and path below `functions`. */
function reported(config: PlatformConfig): string[] {
  return resolve(config)[1]
    .filter(({ path }) => path[0] === 'functions')
    .map(({ severity, code, path }) => `${severity} ${code} ${path.slice(1).join(' ')}`);
}

function ofPay(pay: Partial<FunctionConfig>, rest: Partial<PlatformConfig> = {}): string[] {
  return reported(platformWith({ functions: { pay: { image, ...pay } }, ...rest }));
}

function message(pay: Partial<FunctionConfig>): string {
  const [, diagnostics] = resolve(platformWith({ functions: { pay: { image, ...pay } } }));
  return diagnostics
    .filter(({ path }) => path[0] === 'functions')
    .map(({ message: fact, hint }) => `${fact}; ${hint}`)
    .join('\n');
}

describe('a function', () => {
  const cases: [string, Partial<FunctionConfig>, string[]][] = [
    ['nothing', {}, []],
    ['no copies at all', { replicas: { min: 0 } }, ['error resolve/scale-to-zero pay replicas min']],
    ['six copies', { replicas: { max: 6 } }, ['error resolve/too-many-replicas pay replicas max']],
    [
      'more at least than at most',
      { replicas: { min: 4, max: 2 } },
      ['error resolve/replicas-reversed pay replicas'],
    ],
    [
      'a rate that adds nothing',
      { replicas: { min: 2, max: 2, rate: '9r/s' } },
      ['warning resolve/scaling-without-effect pay replicas rate'],
    ],
    ['a timeout of nothing', { timeout: '0s' }, ['error resolve/timeout-zero pay timeout']],
    [
      'a grace that cuts calls',
      { timeout: '30s', gracePeriod: '40s' },
      ['warning resolve/grace-too-short pay gracePeriod'],
    ],
    ['a grace that is just enough', { timeout: '30s', gracePeriod: '41s' }, []],
    ['root', { runAsUser: 0 }, ['error resolve/function-as-root pay runAsUser']],
    ['a moving tag', { image: 'acme/pay:latest' }, ['warning resolve/image-latest pay image']],
    ['a digest beside a moving tag', { image: `acme/pay:latest@sha256:${'a'.repeat(64)}` }, []],
    [
      'more memory than its limit',
      { memory: { request: '1Gi', limit: '512Mi' } },
      ['error resolve/request-over-limit pay memory'],
    ],
    [
      'more cpu than its limit',
      { cpu: { request: '2', limit: '500m' } },
      ['error resolve/request-over-limit pay cpu'],
    ],
    [
      'no cron expression',
      { expose: false, schedule: '* * * *' },
      ['error resolve/cron-not-understood pay schedule'],
    ],
    [
      'a day that never comes',
      { expose: false, schedule: { cron: '0 0 30 2 *' } },
      ['error resolve/cron-not-understood pay schedule cron'],
    ],
    [
      'an unknown time zone',
      { expose: false, schedule: { cron: '@daily', timeZone: 'Europe/Olso' } },
      ['error resolve/time-zone-unknown pay schedule timeZone'],
    ],
    [
      'large bodies for the queue',
      { async: true, maxBody: '1m' },
      ['warning resolve/async-body-limit pay maxBody'],
    ],
    ['just as large ones as the queue takes', { async: true, maxBody: '250k' }, []],
    [
      'a health path that is a call',
      { concurrency: 1, healthPath: '/up' },
      ['warning resolve/health-behind-concurrency pay healthPath'],
    ],
    ["the watchdog's own health path", { concurrency: 1, healthPath: '/_/ready' }, []],
    ['an unknown callee', { calls: ['pai'] }, ['error resolve/call-unknown pay calls 0']],
    ['itself as callee', { calls: ['pay'] }, ['info resolve/calls-forwarded pay calls']],
    [
      'a label that cdk8s takes for a class',
      { labels: { constructor: 'x' } },
      ['error resolve/key-unprintable pay labels constructor'],
    ],
    ['a name from Object', { calls: ['constructor'] }, ['error resolve/call-unknown pay calls 0']],
    [
      "the runtime's variable",
      { env: { write_timeout: '1s' } },
      ['error resolve/env-is-ours pay env write_timeout'],
    ],
    [
      'secrets among the variables',
      {
        env: {
          DATABASE_URL: 'postgres://pay:hunter2@db.example.no/pay',
          API_KEY: `ghp_${'a'.repeat(30)}`,
          smtpPassword: 'hunter2',
          KEY_FILE: '/run/key',
          MAX_TOKENS: '4096',
          PASSWORD_FILE: '/var/openfaas/secrets/x',
          SECRET_NAME: 'pay',
          TOKEN: '',
          TOKEN_TTL: '5m',
          TOKEN_URL: 'https://id.example.no/token',
        },
      },
      [
        'error resolve/secret-in-env pay env API_KEY',
        'error resolve/secret-in-env pay env DATABASE_URL',
        'warning resolve/secret-by-name pay env smtpPassword',
      ],
    ],
    ["the runtime's port", { env: { port: '80' } }, ['error resolve/env-is-ours pay env port']],
    [
      'the variable of a callee',
      { calls: ['pay'], env: { FUNCTION_PAY_URL: 'x', FUNCTION_OTHER_URL: 'y' } },
      ['error resolve/env-is-ours pay env FUNCTION_PAY_URL', 'info resolve/calls-forwarded pay calls'],
    ],
    ['a NUL in a variable', { env: { A: 'a\0b' } }, ['error resolve/text-not-carried pay env A']],
    [
      'a character that kustomize refuses',
      { env: { A: 'a\x85' } },
      ['error resolve/text-not-carried pay env A'],
    ],
    ['control characters that it takes', { env: { A: '\x07\x1b\ufeff\u2028' } }, []],
    ['half a character', { env: { A: '\ud800' } }, ['error resolve/text-not-carried pay env A']],
    [
      'half a character in an annotation',
      { annotations: { a: 'x\udfff' } },
      ['error resolve/text-not-carried pay annotations a'],
    ],
    ['a NUL in an annotation', { annotations: { a: '\0' } }, []],
    [
      'the annotations of a connector for schedules',
      { annotations: { topic: 'cron-function', schedule: '0 3 * * *' } },
      ['warning resolve/annotations-not-schedule pay annotations topic'],
    ],
    [
      'a topic',
      { annotations: { topic: 'paid' } },
      ['info resolve/topic-needs-connector pay annotations topic'],
    ],
    [
      'two topics',
      { annotations: { topic: 'a,b' } },
      ['error resolve/topic-with-comma pay annotations topic'],
    ],
    [
      "annotations of others' clouds",
      { annotations: { 'eks.amazonaws.com/role': 'x', 'cloud.gke.io/x': 'y' } },
      [
        'error resolve/key-refused-by-edition pay annotations cloud.gke.io/x',
        'error resolve/key-refused-by-edition pay annotations eks.amazonaws.com/role',
      ],
    ],
    [
      'annotations of pro',
      { annotations: { 'com.openfaas.profile': 'gpu', 'com.openfaas.health.http.path': '/up' } },
      [
        'error resolve/key-refused-by-edition pay annotations com.openfaas.health.http.path',
        'error resolve/key-refused-by-edition pay annotations com.openfaas.profile',
      ],
    ],
    [
      "the runtime's label",
      { labels: { faas_function: 'x' } },
      ['error resolve/key-is-ours pay labels faas_function'],
    ],
    [
      'the labels of scaling',
      {
        labels: {
          'com.openfaas.scale.max': '9',
          'com.openfaas.scale.zero': 'true',
          'com.openfaas.scale.target': '9',
        },
      },
      [
        'error resolve/key-is-ours pay labels com.openfaas.scale.max',
        'error resolve/key-refused-by-edition pay labels com.openfaas.scale.target',
        'error resolve/key-refused-by-edition pay labels com.openfaas.scale.zero',
      ],
    ],
    [
      'annotations that are too large together',
      { annotations: { a: 'æ'.repeat(65_000), b: 'æ'.repeat(65_000), c: 'x'.repeat(2_117) } },
      ['error resolve/annotations-too-large pay annotations'],
    ],
    [
      'annotations that are just not',
      { annotations: { a: 'æ'.repeat(65_000), b: 'æ'.repeat(65_000), c: 'x'.repeat(2_116) } },
      [],
    ],
  ];
  it.each(cases)('%s', (_, pay, expected) => expect(ofPay(pay)).toEqual(expected));

  it('that needs the queue, where there is none', () => {
    const openfaas = { licence: 'personal', startCheck: 'accepted', async: false } as const;
    expect(ofPay({ async: true, schedule: { cron: '@daily', async: true } }, { openfaas })).toEqual(
      ['error resolve/async-is-off pay schedule async', 'error resolve/async-is-off pay async'].sort(
        (a, b) => (a < b ? -1 : 1),
      ),
    );
  });

  it('that should get more copies, where nothing scales', () => {
    const openfaas = { licence: 'personal', startCheck: 'accepted', autoscaling: false } as const;
    expect(ofPay({ replicas: { max: 2 } }, { openfaas })).toEqual([
      'error resolve/replicas-without-autoscaling pay replicas max',
    ]);
  });

  it('whose name is too long for what is made of it', () => {
    const name = 'n'.repeat(53);
    const functions = { [name]: { image, expose: false, secrets: ['key'], schedule: '@daily' } };
    expect(reported(platformWith({ functions }))).toEqual([
      `error resolve/name-too-long ${name}`,
      `error resolve/name-too-long ${name}`,
    ]);
    expect(
      reported(
        platformWith({ functions: { ['n'.repeat(52)]: { image, expose: false, schedule: '@daily' } } }),
      ),
    ).toEqual([]);
    expect(reported(platformWith({ functions: { ['n'.repeat(44)]: { image, secrets: ['key'] } } }))).toEqual(
      [],
    );
  });

  it('is told the right name, capitals and figures', () => {
    expect(message({ calls: ['pey'] })).toContain("did you mean 'pay'?");
    expect(message({ expose: false, schedule: { cron: '@daily', timeZone: 'Europe/OSLO' } })).toContain(
      "did you mean 'Europe/Oslo'?",
    );
    expect(message({ gracePeriod: '10s' })).toContain("at least '41s'");
    expect(message({ expose: false, schedule: '0 25 * * *' })).toContain('the hour "25" is not from 0 to 23');
  });
});

describe('sixteen functions', () => {
  const functions = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`f${index}`, { image }]));
  const { f15: _, ...fifteen } = functions;

  it('are one too many for the community edition', () => {
    const [, diagnostics] = resolve(platformWith({ functions }));
    expect(diagnostics.map(({ code, path, at }) => [code, path, at])).toContainEqual([
      'resolve/too-many-functions',
      ['functions'],
      'key',
    ]);
    expect(
      resolve(platformWith({ nodes: { 'node-1': large }, functions: fifteen }))[0]?.functions,
    ).toHaveLength(15);
  });

  it('are fine in pro, with more copies than five and none', () => {
    const more = { ...functions, f1: { image, replicas: { min: 0, max: 20 } } };
    expect(
      reported(platformWith({ nodes: { 'node-1': large }, functions: more, openfaas: { edition: 'pro' } })),
    ).toEqual([]);
  });
});

describe('direct functions', () => {
  const direct = (changes: Record<string, FunctionConfig['direct']>, rest: Partial<PlatformConfig> = {}) =>
    platformWith({
      functions: Object.fromEntries(
        Object.entries(changes).map(([name, each]) => [name, { image, direct: each }]),
      ),
      ...rest,
    });
  const addresses = (config: PlatformConfig) =>
    resolve(config)[0]?.functions.map(({ name, direct: each }) => [name, each?.address]);

  it('have an address that follows from the name alone', () => {
    expect(addresses(direct({ pay: true, refund: true }))).toEqual([
      ['pay', '10.43.0.99'],
      ['refund', '10.43.0.170'],
    ]);
    expect(addresses(direct({ pay: true }))).toEqual([['pay', '10.43.0.99']]);
    expect(addresses(direct({ pay: false }))).toEqual([['pay', undefined]]);
  });

  it('stay in the part for fixed addresses of a small range, past the DNS', () => {
    const k3s = { serviceCidr: '10.50.0.0/24', clusterCidr: '10.51.0.0/16' };
    const openfaas = { licence: 'personal', startCheck: 'accepted', address: '10.50.0.9' } as const;
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    for (const name of names) {
      const [[, address] = []] = addresses(direct({ [name]: true }, { k3s, openfaas })) ?? [];
      expect(Number(address?.split('.')[3])).toBeGreaterThan(10);
      expect(Number(address?.split('.')[3])).toBeLessThanOrEqual(16);
    }
  });

  it('say what they give up', () => {
    expect(reported(direct({ pay: true }))).toEqual(['info resolve/direct-gives-up pay direct']);
  });

  const at = (address: string) => ({ address });
  const wrong: [string, PlatformConfig, string[]][] = [
    [
      'two at one address',
      direct({ pay: at('10.43.0.90'), refund: at('10.43.0.90') }),
      [
        'info resolve/direct-gives-up pay direct address',
        'error resolve/address-collision refund direct address',
      ],
    ],
    [
      "one at the gateway's",
      direct({ pay: at('10.43.0.80') }),
      ['error resolve/address-collision pay direct address'],
    ],
    [
      "one at the DNS'",
      direct({ pay: at('10.43.0.10') }),
      ['error resolve/address-taken pay direct address'],
    ],
    [
      'one outside the range',
      direct({ pay: at('10.44.0.99') }),
      ['error resolve/address-outside-service-range pay direct address'],
    ],
    [
      'one where Kubernetes hands out',
      direct({ pay: at('10.43.9.9') }),
      ['error resolve/address-not-static pay direct address'],
    ],
    [
      'one derived that another one has written',
      direct({ pay: true, refund: at('10.43.0.99') }),
      ['info resolve/direct-gives-up pay direct', 'error resolve/address-collision refund direct address'],
    ],
  ];
  it.each(wrong)('cannot be %s', (_, config, expected) => expect(reported(config)).toEqual(expected));
});

describe('calls through the gateway', () => {
  const other = { image, expose: false };
  const withCalls = (b: Partial<FunctionConfig>, rest: Partial<PlatformConfig> = {}) =>
    platformWith({
      functions: { a: { image, calls: ['b', 'c'] }, b: { ...other, ...b }, c: { ...other, direct: true } },
      ...rest,
    });
  const forwarded = (config: PlatformConfig) =>
    resolve(config)[1].filter(({ code }) => code === 'resolve/calls-forwarded');

  it('are reported once for all, at the first function that has some', () => {
    const [first, ...more] = forwarded(withCalls({ calls: ['b'] }));
    expect(first).toMatchObject({ severity: 'info', path: ['functions', 'a', 'calls'] });
    expect(first?.message).toContain("'a' and 1 more");
    expect(first?.hint).toContain("set direct: true on 'b' to");
    expect(more).toEqual([]);
  });

  it('are none where each callee is direct', () => {
    expect(forwarded(withCalls({ direct: true }))).toEqual([]);
  });

  it('are a matter of the community edition', () => {
    expect(forwarded(withCalls({}, { openfaas: { edition: 'pro' } }))).toEqual([]);
  });
});
