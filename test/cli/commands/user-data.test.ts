import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compileConfig } from '../../../src/compile.ts';
import { report } from '../../../src/diagnostics/report.ts';
import { finalSize, longestToken } from '../../../src/platform/nodes/join-tokens.ts';
import { temporaryDirectory } from '../../artifacts/tree.ts';
import { fiveServersAndAgents } from '../../cases/five-servers-and-agents.ts';
import { serverAndAgents } from '../../cases/server-and-agents.ts';
import { smallest } from '../../cases/smallest.ts';
import { realTool } from '../../conformance/real-tool.ts';
import { runTool } from '../../conformance/run-tool.ts';
import { type Circumstances, run } from '../fake-io.ts';

const { artifacts } = compileConfig(fiveServersAndAgents, 'platform.config.ts');
const dist = (name: string) => artifacts.find(({ path }) => path === `cloud-init/${name}.yaml`)?.text ?? '';

const password = 'a-server-password-of-ours';
const agentPassword = 'an-agent-password-of-ours';
const ca = 'ab'.repeat(32);
const env = { FJORD_SERVER_TOKEN: password, FJORD_AGENT_TOKEN: agentPassword };
const fullEnv = {
  FJORD_SERVER_TOKEN: `K10${ca}::server:${password}`,
  FJORD_AGENT_TOKEN: `K10${ca}::node:${agentPassword}`,
};
const show = (node: string, circumstances: Circumstances) =>
  run(['user-data', node], { artifacts }, circumstances);

describe('fjord user-data', () => {
  it('puts tokens in their places, and changes nothing else', async () => {
    const { code, stdout, stderr } = await show('rule-1', { env });
    expect([code, stderr]).toEqual([0, '']);
    const back = stdout
      .replace(password, '@FJORD_SERVER_TOKEN@')
      .replace(agentPassword, '@FJORD_AGENT_TOKEN@');
    expect(back).toBe(dist('rule-1'));
  });

  it('does not give an agent the server token, and does not ask for it', async () => {
    const { code, stdout } = await show('work-1', { env: { FJORD_AGENT_TOKEN: agentPassword } });
    expect(code).toBe(0);
    expect(stdout).toContain(agentPassword);
    expect(stdout).not.toContain(password);
  });

  it.each([
    ['rule-1', [`"${password}"`, `"${agentPassword}"`]],
    ['rule-2', [`"${fullEnv.FJORD_SERVER_TOKEN}"`, `"${agentPassword}"`]],
    ['work-1', [`"${fullEnv.FJORD_AGENT_TOKEN}"`]],
  ])('gives %s full tokens only for joining', async (node, tokens) => {
    const { stdout } = await show(node, { env: fullEnv });
    expect([...stdout.matchAll(/content: (".*password-of-ours")/g)].map(([, token]) => token)).toEqual(
      tokens,
    );
  });

  it('says what must be served before a machine that fetches its script is made', async () => {
    const scripts = 'https://files.example.no/nodes';
    const served = compileConfig(
      { ...smallest, delivery: { mode: 'embedded', scripts } },
      'platform.config.ts',
    );
    const { code, stdout, stderr } = await run(['user-data', 'node-1'], { artifacts: served.artifacts });
    expect([code, stdout.includes(`${scripts}/node-1/apply.sh`)]).toEqual([0, true]);
    expect(stderr).toMatch(
      /^fjord: node-1 fetches https:\/\/files\.example\.no\/nodes\/node-1\/apply\.sh when it starts: serve nodes\/node-1\/apply\.sh of \S+ there first \(SHA-256 [0-9a-f]{64}\)\n$/,
    );
  });

  it('asks for tokens that are not in the environment', async () => {
    const { code, stdout } = await show('work-1', { answer: agentPassword });
    expect(code).toBe(0);
    expect(stdout).toContain(agentPassword);
  });

  it('asks for no token for a single node, whose user-data can be written anywhere', async () => {
    const one = compileConfig(smallest, 'platform.config.ts').artifacts;
    const cwd = temporaryDirectory();
    const { code, stdout } = await run(
      ['user-data', 'node-1'],
      { artifacts: one },
      { cwd, file: join(cwd, 'x') },
    );
    expect(code).toBe(0);
    expect(stdout).toBe(one.find(({ path }) => path === 'cloud-init/node-1.yaml')?.text);
  });

  it('is not larger than the size that was counted', async () => {
    const longest = 'x'.repeat(longestToken - 1);
    const { stdout } = await show('rule-2', {
      env: { FJORD_SERVER_TOKEN: `${longest}s`, FJORD_AGENT_TOKEN: `${longest}a` },
    });
    expect(Buffer.byteLength(stdout)).toBe(finalSize(dist('rule-2')));
  });

  it('warns that dist is out of date', async () => {
    const differences = [{ path: 'stack.yaml', kind: 'missing' as const, diff: '' }];
    const { code, stderr } = await run(['user-data', 'work-1'], { artifacts, differences }, { env });
    expect(code).toBe(0);
    expect(stderr).toContain('is out of date: run fjord synth');
  });

  const refusals: [string, string, Circumstances, string][] = [
    [
      'no token and no terminal',
      'work-1',
      {},
      'FJORD_AGENT_TOKEN is not set, and there is no terminal to ask at',
    ],
    ['an empty answer', 'work-1', { answer: '' }, 'the agent token is shorter than 16 characters'],
    [
      'a short token',
      'work-1',
      { env: { FJORD_AGENT_TOKEN: '0123456789abcde' } },
      'is shorter than 16 characters',
    ],
    [
      'a token that would need quoting',
      'work-1',
      { env: { FJORD_AGENT_TOKEN: `"${agentPassword}` } },
      'has characters other than',
    ],
    [
      'a token with a line in it',
      'work-1',
      { env: { FJORD_AGENT_TOKEN: `${agentPassword}\n` } },
      'has characters other than',
    ],
    [
      'a token that is too long',
      'work-1',
      { env: { FJORD_AGENT_TOKEN: 'x'.repeat(longestToken + 1) } },
      `is longer than ${longestToken} characters`,
    ],
    [
      'the full server token for an agent',
      'work-1',
      { env: { FJORD_AGENT_TOKEN: fullEnv.FJORD_SERVER_TOKEN } },
      "is a token of 'server', but must be a token of 'node'",
    ],
    [
      'a broken full token',
      'work-1',
      { env: { FJORD_AGENT_TOKEN: `K10abc::node:${agentPassword}` } },
      'begins like a full token',
    ],
    [
      'one token for both',
      'rule-1',
      { env: { FJORD_SERVER_TOKEN: password, FJORD_AGENT_TOKEN: password } },
      'the agent token is the same as the server token',
    ],
    ['a file that has no name', 'rule-1', { env, file: 'unknown' }, 'it goes to a file at an unknown place'],
  ];
  it.each(refusals)('refuses %s, and does not show it', async (_, node, circumstances, message) => {
    const { code, stdout, stderr } = await show(node, circumstances);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
    for (const token of Object.values(circumstances.env ?? {})) expect(stderr).not.toContain(token);
  });

  it('refuses to write secrets below the config, or into a Git work tree', async () => {
    const project = temporaryDirectory();
    const tree = temporaryDirectory();
    mkdirSync(join(tree, '.git'));
    mkdirSync(join(tree, 'deep/er'), { recursive: true });
    const into = (file: string) => show('work-1', { env, cwd: project, file });
    for (const file of [join(project, 'out.yaml'), join(tree, 'out.yaml'), join(tree, 'deep/er/out.yaml')]) {
      const { code, stdout, stderr } = await into(file);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain('is in a repository');
    }
    expect((await into(join(temporaryDirectory(), 'out.yaml'))).code).toBe(0);
  });

  it('makes a machine that waits for a backup, of the node that copies are made of', async () => {
    const backups = { recipients: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'] };
    const withCopies = compileConfig({ ...fiveServersAndAgents, backups }, 'platform.config.ts').artifacts;
    const restore = (node: string, of = withCopies) =>
      run(['user-data', node, '--restore'], { artifacts: of }, { env });
    const plain = await run(['user-data', 'rule-1'], { artifacts: withCopies }, { env });
    const { code, stdout } = await restore('rule-1');
    expect(code).toBe(0);
    const files = (text: string) => parse(text).write_files as { path: string }[];
    const [first, ...others] = files(stdout);
    expect(first).toEqual({
      path: '/var/lib/fjord/restore/wanted',
      permissions: '0600',
      content: 'a backup',
    });
    expect({ ...parse(stdout), write_files: others }).toEqual(parse(plain.stdout));
    expect(await restore('rule-2')).toMatchObject({
      code: 2,
      stdout: '',
      stderr:
        'fjord: rule-2 is not in any backup: restore rule-1, then make rule-2 again, so that it joins\n',
    });
    expect(await restore('rule-1', artifacts)).toMatchObject({
      code: 2,
      stderr: 'fjord: the config has no backups, so there is nothing to restore\n',
    });
  });

  describe('with files that only the node has', () => {
    const backups = {
      recipients: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'],
      to: { s3: { endpoint: 'https://s3.example.no', region: 'oslo-1', bucket: 'copies' } },
    };
    const registries = { configs: { 'registry.example.no': { auth: 'file' } } } as const;
    const { functions } = smallest;
    const [fn = ''] = Object.keys(functions);
    const compiled = compileConfig(
      {
        ...smallest,
        nodes: { 'node-1': { provider: 'hetzner' } },
        backups,
        k3s: { registries },
        functions: {
          [fn]: {
            ...functions[fn],
            image: 'ghcr.io/a/b:1',
            http: { auth: { passwordFile: '/etc/nginx/pw' } },
          },
        },
      },
      'platform.config.ts',
    ).artifacts;
    const [s3, login, passwords] = [
      '/etc/fjord/backup-s3',
      '/etc/fjord/registries/registry.example.no',
      '/etc/nginx/pw',
    ];
    const show = (argv: string[], circumstances: Circumstances = {}) =>
      run(['user-data', 'node-1', ...argv], { artifacts: compiled }, circumstances);
    const local = (text: string) => {
      const file = join(temporaryDirectory(), 'local');
      writeFileSync(file, text);
      return file;
    };
    const plain = compiled.find(({ path }) => path === 'cloud-init/node-1.yaml')?.text;
    type Written = { path: string; permissions: string; owner?: string; encoding: string; content: string };
    const own = (text: string) =>
      (parse(text).write_files as Written[])
        .filter(({ encoding }) => encoding === 'b64')
        .map(({ content, ...file }) => ({ ...file, content: Buffer.from(content, 'base64').toString() }));

    it('prints it without them where none are given, and names each with what it is for', async () => {
      const { code, stdout, stderr } = await show([]);
      expect([code, stdout]).toEqual([0, plain]);
      expect(stderr).toBe(
        [
          [s3, 'copies are sent with it', 'root:root, 0600'],
          [login, 'it logs in at registry.example.no', 'root:root, 0600'],
          [passwords, `nginx lets callers of '${fn}' in`, 'root:www-data, 0640'],
        ]
          .map(
            ([path, use, who]) =>
              `fjord: node-1 also needs ${path}, because ${use}: use --file ${path}=LOCAL, or put it there yourself (${who})\n`,
          )
          .join(''),
      );
    });

    it('takes them from single files, a directory and a terminal, each with its owner and mode', async () => {
      const directory = temporaryDirectory();
      mkdirSync(join(directory, 'etc/nginx'), { recursive: true });
      writeFileSync(join(directory, passwords), 'user:$apr1$æ\n');
      const { code, stdout, stderr } = await show(
        ['--file', `${login}=${local('robot:secret\n')}`, '--files', directory],
        { answer: 'user = "KEY:SECRET"' },
      );
      expect([code, stderr]).toEqual([0, '']);
      expect(own(stdout)).toEqual([
        { path: s3, permissions: '0600', encoding: 'b64', content: 'user = "KEY:SECRET"\n' },
        { path: login, permissions: '0600', encoding: 'b64', content: 'robot:secret\n' },
        {
          path: passwords,
          permissions: '0640',
          owner: 'root:www-data',
          encoding: 'b64',
          content: 'user:$apr1$æ\n',
        },
      ]);
      expect(stdout.replace(/^ {2}- path: "(.*\n){3,4} {4}content: .*\n/gm, '')).toBe(plain);
    });

    it.each([
      [
        'a file that the node does not need',
        ['--file', `/etc/fjord/backup-s4=/dev/null`],
        2,
        `node-1 has no use for /etc/fjord/backup-s4, only for ${s3}, ${login}, ${passwords}; did you mean ${s3}?`,
      ],
      ['a file that is not there', ['--file', `${s3}=/nowhere/x`], 2, 'cannot read /nowhere/x: ENOENT'],
      ['an empty file', ['--file', `${s3}=/dev/null`], 2, '/dev/null is empty'],
      ['a directory that is not there', ['--files', '/nowhere'], 2, 'there is no directory /nowhere'],
      [
        'more than the provider takes',
        ['--file', `${passwords}=LARGE`],
        1,
        'and hetzner takes 32768; give fewer',
      ],
    ])('refuses %s', async (_, argv, expected, message) => {
      const large = local('x'.repeat(20_000));
      const { code, stdout, stderr } = await show(argv.map((word) => word.replace('LARGE', large)));
      expect([code, stdout]).toEqual([expected, '']);
      expect(stderr).toContain(message);
    });

    it('does not write them below the config', async () => {
      const cwd = temporaryDirectory();
      const file = join(cwd, 'out.yaml');
      const refused = await show(['--file', `${s3}=${local('x\n')}`], { cwd, file });
      expect([refused.code, refused.stdout]).toEqual([1, '']);
      expect((await show([], { cwd, file })).code).toBe(0);
    });

    it.each(['cloud-init-oldest', 'cloud-init-newest'])('is what %s takes', async (name) => {
      const tool = realTool(name);
      if (tool === undefined) return expect(process.env.FJORD_REQUIRE_TOOLS).toBeUndefined();
      const { stdout } = await show(['--file', `${login}=${local('robot:secret\n')}`], { answer: 'a' });
      const checked = runTool(tool, ['schema', '--config-file', local(stdout)]);
      expect(checked).toMatchObject({ status: 0, stderr: '' });
    });
  });

  it('lists the nodes that exist', async () => {
    const { code, stderr } = await show('rule-9', { env });
    expect(code).toBe(2);
    expect(stderr).toContain("there is no node 'rule-9', only rule-1,");
  });

  it('prints nothing for a config with errors', async () => {
    const diagnostics = [report('resolve/no-nginx', ['nodes'], undefined)];
    const { code, stdout, stderr } = await run(['user-data', 'rule-1'], { artifacts, diagnostics }, { env });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('resolve/no-nginx');
  });
});

it('dist itself contains only placeholders', () => {
  const { artifacts: made } = compileConfig(serverAndAgents, 'platform.config.ts');
  const placeholders = made.flatMap(
    ({ path, text }) => text.match(/@FJORD_\w+@/g)?.map((each) => [path, each]) ?? [],
  );
  expect(placeholders).toEqual([
    ['cloud-init/bergen-1.yaml', '@FJORD_AGENT_TOKEN@'],
    ['cloud-init/bergen-2.yaml', '@FJORD_AGENT_TOKEN@'],
    ['cloud-init/bergen-3.yaml', '@FJORD_AGENT_TOKEN@'],
  ]);
});
