import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readApplyScript } from '../../src/verify/read/apply-script.ts';
import { realTool } from '../conformance/real-tool.ts';
import { type Node, startNode } from '../gateway/node.ts';
import { nodeFilesOf } from '../gateway/node-files.ts';
import type { Mutant } from './mutants-of.ts';
import { placeIn } from './part-of.ts';

/** A question to a real tool: a command, what it reads, and which tool to name when it refuses. */
interface Question {
  readonly tool: string;
  readonly command: readonly string[];
  readonly input: string;
}

const folder = mkdtempSync(join(tmpdir(), 'fjord-mutants-'));
let files = 0;

/** For each mutant the tool that refuses it, or `undefined` for one that none does. */
export async function judgeByTools(
  mutants: readonly Mutant[],
  good: ReadonlyMap<string, string>,
): Promise<(string | undefined)[]> {
  const script = [...good].find(([path]) => path.endsWith('/apply.sh'))?.[1] ?? '';
  const node = await startNode(nodeFilesOf(script), []);
  try {
    await node.run('/usr/local/sbin/openfaas-tls placeholder');
    const verdicts = new Map<Mutant, string | undefined>();
    const waiting = [...mutants];
    const ask = async () => {
      for (let mutant = waiting.pop(); mutant !== undefined; mutant = waiting.pop()) {
        verdicts.set(mutant, await refusedBy(questionsFor(mutant, node)));
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, ask));
    return mutants.map((mutant) => verdicts.get(mutant));
  } finally {
    await node.stop();
    rmSync(folder, { recursive: true });
  }
}

async function refusedBy(questions: readonly Question[]): Promise<string | undefined> {
  for (const { tool, command, input } of questions) if (!(await accepts(command, input))) return tool;
  return undefined;
}

function accepts([program = '', ...args]: readonly string[], input: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'] });
    child.once('error', reject);
    child.once('close', (status) => resolve(status === 0));
    // A tool that has made up its mind need not read to the end.
    child.stdin.once('error', () => undefined);
    child.stdin.end(input);
  });
}

function questionsFor({ path, line, text }: Mutant, node: Node): Question[] {
  if (path.startsWith('nginx/')) return nginx(path, text, node);
  if (path.startsWith('cloud-init/')) return cloudInit(text);
  if (path.endsWith('/apply.sh')) return scripts(text, placeIn(text, line));
  if (/^manifests\/\d/.test(path)) return manifests(text);
  return [];
}

/** Each is tried in a network and over files of its own, so that two do not see each other. */
function nginx(path: string, text: string, node: Node): Question[] {
  const main = path === 'nginx/nginx.conf';
  const place = main ? '/etc/nginx/nginx.conf' : '/etc/nginx/conf.d/openfaas.conf';
  const own = `/tmp/${files++}`;
  writeFileSync(node.file(own), text);
  const mounted = `mount --bind ${own} ${place} && nginx -t -q && umount ${place}`;
  const enter = [...node.enterNetwork.slice(0, -1), '--mount', '--pid', '--root', '--wd', '--'];
  return [{ tool: 'nginx -t', command: [...enter, 'unshare', '--mount', 'sh', '-c', mounted], input: '' }];
}

function cloudInit(text: string): Question[] {
  const file = temporary('yaml', text);
  return ['cloud-init-oldest', 'cloud-init-newest'].flatMap((tool) => {
    const path = realTool(tool);
    return path
      ? [{ tool: 'cloud-init schema', command: [path, 'schema', '--config-file', file], input: '' }]
      : [];
  });
}

/** What apply.sh carries is no shell of its own; without it a script is read in a moment. */
function scripts(text: string, place: string | undefined): Question[] {
  const { files: carried } = readApplyScript(text);
  const shell = [...carried.values()].reduce((rest, file) => rest.replace(file.text, () => ''), text);
  const own = place === undefined ? shell : carried.get(place)?.text;
  if (place === '/etc/fjord/firewall.nft' && own !== undefined) {
    return [
      {
        tool: 'nft',
        command: ['unshare', '--net', realTool('nft') ?? 'nft', '--check', '--file', '-'],
        input: own,
      },
    ];
  }
  if (own === undefined || !own.startsWith('#!')) return [];
  return [
    { tool: 'bash -n', command: ['bash', '-n'], input: own },
    { tool: 'shellcheck', command: ['shellcheck', '--norc', '-'], input: own },
  ];
}

function manifests(text: string): Question[] {
  const tool = realTool('kubernetes-validate');
  if (tool === undefined) return [];
  const options = ['--strict', '--quiet', '--no-warn', '-k', '1.36'];
  return [{ tool: 'kubernetes-validate', command: [tool, ...options, temporary('yaml', text)], input: '' }];
}

function temporary(extension: string, text: string): string {
  const file = join(folder, `${files++}.${extension}`);
  writeFileSync(file, text);
  return file;
}
