import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../../../src/compile.ts';
import { parseConf } from '../../../../src/nginx/parse.ts';
import type { Dist } from '../../../../src/verify/dist.ts';
import { readDist } from '../../../../src/verify/read/dist.ts';
import { functionsDeployed } from '../../../../src/verify/rules/functions/functions-deployed.ts';
import { closedStayClosed } from '../../../../src/verify/rules/gateway/closed-stay-closed.ts';
import { platformWith } from '../../../platform/edit.ts';

const image = 'ghcr.io/acme/pay:1';

function distOf(): Dist {
  const config = platformWith({
    nodes: { 'node-1': { memory: '8Gi', cpus: 3 } },
    functions: {
      pay: { image, calls: ['inner', 'straight'] },
      quick: { image, direct: true },
      inner: { image, expose: false },
      straight: { image, expose: false, direct: { address: '10.43.0.99' } },
    },
  });
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  const [dist] = readDist(new Map(artifacts.map(({ path, text }) => [path, text])));
  if (dist === undefined) throw new Error('cannot be read back');
  return dist;
}

const dist = distOf();

function found(conf: string): (string | undefined)[] {
  const parsed = parseConf(`server { ${conf} }\nupstream other { server 10.43.0.99:8080; }`);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  const nginx = [{ path: 'nginx/openfaas.conf', statements: parsed.statements }];
  return closedStayClosed.check({ ...dist, nginx }).map(({ path }) => String(path[1]));
}

const gateway = 'proxy_pass http://openfaas_gateway';

describe('a function that is not exposed', () => {
  it('has no location as it was compiled, and needs none', () => {
    expect(closedStayClosed.check(dist)).toEqual([]);
    expect(functionsDeployed.check(dist)).toEqual([]);
    expect(JSON.stringify(dist.nginx)).not.toMatch(/inner|straight/);
  });

  it('that the lock file calls exposed is missed in the conf', () => {
    const lock = { ...dist.lock, functions: dist.lock.functions.map((fn) => ({ ...fn, exposed: true })) };
    expect(functionsDeployed.check({ ...dist, lock }).map(({ code }) => code)).toEqual([
      'verify/function-not-listed',
      'verify/function-not-listed',
    ]);
  });

  it.each([
    ['its own name', `location = /function/inner { ${gateway}; }`, ['inner']],
    ['below its name', `location ^~ /function/inner/ { ${gateway}; }`, ['inner']],
    ['its name with a namespace', `location = /function/inner.openfaas-fn { ${gateway}; }`, ['inner']],
    ['the queue', `location ^~ /async-function/inner/ { ${gateway}; }`, ['inner']],
    ['everything', `location / { ${gateway}; }`, ['inner', 'straight']],
    ['all functions', `location /function/ { ${gateway}; }`, ['inner', 'straight']],
    ['another path', `location /x/ { ${gateway}/function/inner/; }`, ['inner']],
    ['another path to all', `location /x/ { ${gateway}/function/; }`, ['inner', 'straight']],
    ['a path to the root', `location /x/ { ${gateway}/; }`, ['inner', 'straight']],
    ['an upstream of its own', 'location /x { proxy_pass http://other; }', ['straight']],
    ['its address', 'location /x { proxy_pass http://10.43.0.99:8080; }', ['straight']],
  ])('must not be reached by %s', (_, conf, names) => expect(found(conf)).toEqual(names));

  it.each([
    ['what is longer wins', `location / { return 404; } location ^~ /function/pay/ { ${gateway}; }`],
    ['a name that only begins so', `location = /function/inner-2 { ${gateway}; }`],
    ['internal', `location = /_fjord/auth/x { internal; ${gateway}/function/inner; }`],
    ['exactly another path', `location = /x { ${gateway}/function/pay; }`],
    [
      'everything else to the gateway',
      `location / { ${gateway}; } location /function/ { return 404; } location /async-function/ { return 404; }`,
    ],
  ])('is not by %s', (_, conf) => expect(found(conf)).toEqual([]));
});
