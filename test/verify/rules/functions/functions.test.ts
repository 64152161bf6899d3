import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import { parseConf } from '../../../../src/nginx/parse.ts';
import type { Dist, ManifestObject } from '../../../../src/verify/dist.ts';
import { serviceSpec } from '../../../../src/verify/kubernetes/body.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { callsAsDeclared } from '../../../../src/verify/rules/functions/calls-as-declared.ts';
import { copiesKept } from '../../../../src/verify/rules/functions/copies-kept.ts';
import { directToItsFunction } from '../../../../src/verify/rules/functions/direct-to-its-function.ts';
import { queueWhereUsed } from '../../../../src/verify/rules/functions/queue-where-used.ts';
import { scalersOwnReplicas } from '../../../../src/verify/rules/functions/scalers-own-replicas.ts';
import { valuesLiteral } from '../../../../src/verify/rules/functions/values-literal.ts';
import type { Rule } from '../../../../src/verify/rules/rule.ts';
import { platformWith } from '../../../platform/edit.ts';

const image = 'ghcr.io/acme/x:1';
const { artifacts } = compileConfig(
  platformWith({
    nodes: { 'node-1': { memory: '8Gi', cpus: 3 } },
    functions: {
      shop: { image, calls: ['price', 'mail'], replicas: { min: 2, max: 5 }, env: { TEXT: '$(A) $$(B)' } },
      price: { image, expose: true, direct: true },
      mail: { image, async: true },
      report: { image, expose: true, schedule: { cron: '@daily', async: true }, replicas: { max: 1 } },
    },
  }),
  'platform.config.ts',
);
const good = read();

function read(): Dist {
  const [dist, problems] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
  if (dist === undefined) throw new Error(JSON.stringify(problems, null, 2));
  return dist;
}

/** The objects without those that a condition finds. */
function without(found: (object: ManifestObject) => boolean): Dist {
  const objects = good.objects.filter((object) => !found(object));
  if (objects.length === good.objects.length) throw new Error('nothing to leave out');
  return { ...good, objects };
}

/** The objects with a text in their fields replaced. */
function changed(kind: string, name: string, from: string, to: string): Dist {
  const objects = good.objects.map((object) => {
    if (object.kind !== kind || object.name !== name) return object;
    const body = JSON.stringify(object.body);
    if (!body.includes(from)) throw new Error(`nothing to change in ${body}`);
    return { ...object, body: JSON.parse(body.replace(from, to)) };
  });
  return { ...good, objects };
}

function changedConf(from: string | RegExp, to: string): Dist {
  const text = artifacts.find(({ path }) => path === 'nginx/openfaas.conf')?.text ?? '';
  if (text.search(from) < 0) throw new Error('nothing to change');
  const conf = parseConf(text.replace(from, to));
  if (!('statements' in conf)) throw new Error(conf.problem.message);
  return { ...good, nginx: [{ path: 'nginx/openfaas.conf', statements: conf.statements }] };
}

function said(rule: Rule, dist: Dist): string[] {
  return rule.check(dist).map(({ code, message }) => `${code}: ${message}`);
}

const policy = (name: string) => (object: ManifestObject) =>
  object.kind === 'NetworkPolicy' && object.name === name;

describe('the rules about functions', () => {
  it.each([callsAsDeclared, directToItsFunction, queueWhereUsed, scalersOwnReplicas, valuesLiteral])(
    'accept what was compiled: %o',
    (rule) => expect(rule.check(good)).toEqual([]),
  );

  it('miss a way out of a caller', () => {
    expect(said(callsAsDeclared, without(policy('function-shop')))).toEqual([
      'verify/call-refused: shop calls gateway, but the network policies refuse the call',
      'verify/call-refused: shop calls price, but the network policies refuse the call',
    ]);
  });

  it('miss a way into a direct callee', () => {
    expect(said(callsAsDeclared, without(policy('function-price')))).toEqual([
      'verify/call-refused: shop calls price, but the network policies refuse the call',
    ]);
  });

  it('miss the way of a schedule to the gateway', () => {
    expect(said(callsAsDeclared, without(policy('gateway-from-schedule')))).toEqual([
      'verify/call-refused: report calls gateway, but the network policies refuse the call',
    ]);
  });

  it('see a way that nothing declares', () => {
    const opened = said(callsAsDeclared, without(policy('functions')));
    expect(opened).toContain(
      'verify/call-undeclared: the network policies let mail reach report, but no such call is declared',
    );
    expect(said(callsAsDeclared, changed('Deployment', 'shop', 'FUNCTION_PRICE_URL', 'OTHER'))).toEqual([
      'verify/call-undeclared: the network policies let shop reach price, but no such call is declared',
    ]);
  });

  it('see a function cut off from the gateway', () => {
    expect(
      said(callsAsDeclared, changed('NetworkPolicy', 'functions', '"app":"gateway"', '"app":"other"')),
    ).toContain('verify/call-refused: gateway calls mail, but the network policies refuse the call');
  });

  it.each([
    ['shop', 'alert APIHighInvocationRate', 'HorizontalPodAutoscaler shop'],
    ['price', 'HorizontalPodAutoscaler price'],
  ])('see %s fought over', (name, ...scalers) => {
    const dist = changed('Deployment', name, '"spec":{', '"spec":{"replicas":2,');
    expect(said(scalersOwnReplicas, dist)).toEqual(
      scalers.map(
        (scaler) =>
          `verify/replicas-fought-over: the Deployment of ${name} sets replicas, so each apply would undo the scaling by ${scaler}`,
      ),
    );
  });

  it.each([
    [
      'a minimum that nothing keeps',
      'shop',
      '"minReplicas":2,',
      '',
      'verify/copies-not-kept: the minimum of shop is 2 copies, but the manifests keep only 1',
    ],
    [
      'copies above what the autoscaler leaves',
      'shop',
      '"maxReplicas":5',
      '"maxReplicas":4',
      'verify/copies-taken-away: shop may have 5 copies, but its autoscaler removes those above 4',
    ],
    [
      'two that scale',
      'shop',
      '"scaleDown":{"selectPolicy":"Disabled"}',
      '"scaleDown":{"selectPolicy":"Max"}',
      'verify/scaled-twice: both the gateway and an autoscaler scale shop (scaleDown)',
    ],
  ])('see %s', (_, name, from, to, problem) => {
    expect(said(copiesKept, changed('HorizontalPodAutoscaler', name, from, to))).toEqual([problem]);
  });

  it('see an autoscaler that is missing', () => {
    const gone = without(({ kind, name }) => kind === 'HorizontalPodAutoscaler' && name === 'shop');
    expect(said(copiesKept, gone)).toEqual([
      'verify/copies-not-kept: the minimum of shop is 2 copies, but the manifests keep only 1',
    ]);
  });

  it('see what scales nothing', () => {
    const gone = without(({ kind, name }) => kind === 'Deployment' && name === 'mail');
    expect(said(scalersOwnReplicas, gone)).toEqual([
      'verify/scales-nothing: alert APIHighInvocationRate scales mail, which does not exist',
    ]);
  });

  it('see callers of a queue that is not there', () => {
    const gone = without(({ kind, name }) => kind === 'Deployment' && name === 'nats');
    expect(said(queueWhereUsed, gone)).toEqual([
      "verify/queue-missing: nginx's location /async-function/mail needs the queue, but there is none",
      "verify/queue-missing: nginx's location /async-function/mail/ needs the queue, but there is none",
      'verify/queue-missing: CronJob report needs the queue, but there is none',
    ]);
  });

  it('see a value that Kubernetes would replace', () => {
    expect(said(valuesLiteral, changed('Deployment', 'shop', '$$(A)', '$(A)'))).toEqual([
      'verify/value-expanded: Kubernetes would replace $(A) in TEXT of shop',
    ]);
  });

  it('see a direct location that leads elsewhere', () => {
    const service = good.objects.find(({ kind, name }) => kind === 'Service' && name === 'price');
    const clusterIP = service && serviceSpec(service)?.clusterIP;
    const code = 'verify/direct-elsewhere: nginx passes';
    expect(said(directToItsFunction, changedConf(`${clusterIP}:8080`, '10.43.0.80:8080'))).toEqual([
      `${code} /function/price to 10.43.0.80:8080, which is not that function's Service`,
      `${code} /function/price/ to 10.43.0.80:8080, which is not that function's Service`,
    ]);
  });

  it('see a direct connection that the function closes first', () => {
    const dist = changed(
      'Deployment',
      'price',
      '"read_timeout","value":"31s"',
      '"read_timeout","value":"5s"',
    );
    expect(said(directToItsFunction, dist)[0]).toMatch(
      /^verify\/durations-out-of-order: keepalive_timeout .* is not shorter than read_timeout of price \(5s\)$/,
    );
  });
});
