import { join } from 'node:path';
import { expect, it } from 'vitest';
import { put, temporaryDirectory } from '../../artifacts/tree.ts';
import { type Run, run } from '../fake-io.ts';

const config = `export default {
  domain: 'functions.example.no',
  nodes: { 'oslo-1': { provider: 'coolvds' } },
  openfaas: { licence: 'personal', startCheck: 'accepted' },
  functions: { pay: { image: 'ghcr.io/acme/pay:1', timeout: '2m' } },
};
`;

function explain(what: readonly string[], source = config): Promise<Run> {
  const cwd = temporaryDirectory();
  put(cwd, { 'platform.config.ts': source });
  return run(['explain', ...what], {}, { cwd });
}

it('explains a code, with an example, its output and the fix', async () => {
  const { code, stdout, stderr } = await explain(['resolve/image-latest']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain(
    'resolve/image-latest (warning, adjustable with diagnostics in the config)\n\nTwo nodes',
  );
  expect(stdout).toContain("  functions: { pay: { image: 'ghcr.io/acme/pay:latest' } },\n");
  expect(stdout).toContain(' --> platform.config.ts:5:30\n');
  expect(stdout).toContain('= name a version or a digest\n');
});

it('lists the codes, and suggests the code that was meant', async () => {
  const { stdout } = await explain([]);
  expect(stdout).toMatch(/^check\/unknown-key +error$/m);
  const { code, stderr } = await explain(['resolve/image-lates']);
  expect([code, stderr]).toEqual([
    2,
    'There is no code "resolve/image-lates". Did you mean resolve/image-latest?\n',
  ]);
});

it('shows where a value is set, what it decides, and which lines it changes', async () => {
  const { code, stdout } = await explain(['functions.pay.timeout']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^functions\.pay\.timeout = '2m'\n\n/);
  expect(stdout).toContain(' --> platform.config.ts:5:61\n');
  for (const name of ['functions.pay.timeout', 'timeouts.exec', 'timeouts.gateway', 'timeouts.nginx']) {
    expect(stdout).toMatch(new RegExp(`^  ${name} = \\d+$`, 'm'));
  }
  expect(stdout).toMatch(
    /^ {2}nginx\/openfaas\.conf\n( {4} *\d+ \| .*\n)* {4} *\d+ \| +proxy_read_timeout 130s;$/m,
  );
  expect(stdout).not.toContain('sha256');
}, 60_000);

it('shows the values from which a derived one follows', async () => {
  const { stdout } = await explain(['openfaas.upstreamTimeout']);
  expect(stdout).toContain('It is not set and has no default of its own.');
  expect(stdout).toContain('These keys also decide some of that:\n  functions.pay.timeout\n');
  const address = await explain(['openfaas.address']);
  expect(address.stdout).toContain("openfaas.address = '10.43.0.80'");
}, 60_000);

it('shows a default', async () => {
  const { stdout } = await explain(["nodes['oslo-1'].sshPort"]);
  expect(stdout).toContain('It is not set. The default is 22.');
}, 60_000);

it('lists the keys that exist if a path does not', async () => {
  const { code, stderr } = await explain(['gateway.maxBdy']);
  expect([code, stderr]).toEqual([2, 'gateway has no maxBdy. Did you mean gateway.maxBody?\n']);
  expect((await explain(['functions.pay.memory.soft'])).stderr).toMatch(/Its keys are .*limit/);
});

it('lists the names that exist, and suggests one, if a name is not in the config', async () => {
  expect(await explain(['functions.nope.timeout'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'functions has no nope. Its keys are pay.\n',
  });
  expect((await explain(["nodes['oslo-2'].os"])).stderr).toContain("Did you mean nodes['oslo-1']?");
  expect((await explain(["kernel.sysctl['vm.swappiness']"])).code).toBe(0);
});

it('lists the keys of a group that is not set', async () => {
  const { stdout } = await explain(['kernel']);
  expect(stdout).toContain('\n  sysctl   Values by sysctl key, instead of the profile');
  expect(stdout).not.toContain('Lines that change with it');
});

it('explains no value of a config that does not compile', async () => {
  const { code, stdout, stderr } = await explain(['domain'], config.replace("'2m'", "'2'"));
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('error[check/wrong-unit]');
  const missing = await run(
    ['explain', 'domain', '--config', join('no', 'such.ts')],
    {},
    { cwd: '/nowhere' },
  );
  expect(missing.stderr).toContain('error[load/not-found]');
});
