import { startChild } from './child.ts';
import { confOf, type NodeFile } from './node-files.ts';
import { type Run, startOpenfaas } from './openfaas.ts';
import type { PathKind } from './path-kinds.ts';
import { type GatewayNode, startGatewayNode } from './running-gateway.ts';

/** What became of one request. */
export interface Tried {
  readonly kind: PathKind;
  readonly form: string;
  readonly status: number;
  readonly body: string;
  /** What has come from nginx. */
  readonly arrived: readonly Run[];
  /** Whom it reached in the end, the one that is asked aside. */
  readonly ran: readonly Run[];
  /** Who was asked before. */
  readonly asked: readonly Run[];
}

export interface TriedGateway extends GatewayNode {
  /** Asks for each form in each kind of location. */
  tryPaths(kinds: readonly PathKind[], forms: readonly string[]): Promise<Tried[]>;
  /** Sends bytes to the platform's domain. */
  exchange(bytes: string, port?: number): Promise<string>;
  stop(): Promise<void>;
}

/** nginx on a node of its own, with what does as OpenFaaS does behind it. */
export async function startTriedGateway(files: readonly NodeFile[], root?: string): Promise<TriedGateway> {
  const gateway = await startGatewayNode(files, root);
  const { node, domain, upstreams } = gateway;
  const [, of = ''] = /upstream openfaas_gateway \{[^}]*server (\S+)/.exec(confOf(files)) ?? [];
  const [openfaas, client] = await Promise.all([
    startOpenfaas(node, [of, ...upstreams.filter((upstream) => upstream !== of)]),
    startChild(node.enterNetwork, 'client.ts'),
  ]);
  let number = 0;
  const exchange = async (bytes: string, port = 443, host = domain) =>
    (await client.ask({ do: 'exchange', exchange: { domain: host, bytes, port } })) as string;
  const one = async (kind: PathKind, form: string) => {
    const name = String(number++);
    const { base, host = domain, method = 'GET', port } = kind;
    const path = base + form;
    const lines = [
      `${method} ${path.startsWith('/') ? path : `/${path}`} HTTP/1.1`,
      `Host: ${host}`,
      `X-Case: ${name}`,
      'Connection: close',
      ...(method === 'POST' ? ['Content-Length: 0'] : []),
      '',
      '',
    ];
    const answer = await exchange(lines.join('\r\n'), port, host);
    const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
    return { name, kind, form, status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0), body };
  };
  return {
    ...gateway,
    exchange,
    tryPaths: async (kinds, forms) => {
      await openfaas.seen();
      const all = kinds.flatMap((kind) => forms.map((form) => ({ kind, form })));
      const answers: Awaited<ReturnType<typeof one>>[] = [];
      while (answers.length < all.length) {
        const next = all.slice(answers.length, answers.length + 16);
        answers.push(...(await Promise.all(next.map(({ kind, form }) => one(kind, form)))));
      }
      const { arrived, ran } = await openfaas.seen();
      return answers.map(({ name, ...answer }) => {
        const own = (runs: readonly Run[]) => runs.filter((run) => run.case === name);
        return {
          ...answer,
          arrived: own(arrived).filter(({ original }) => original === ''),
          ran: own(ran).filter(({ original }) => original === ''),
          asked: own(ran).filter(({ original }) => original !== ''),
        };
      });
    },
    stop: async () => {
      await Promise.all([openfaas.stop(), client.stop()]);
      await node.stop();
    },
  };
}
