import { type FirewallRule, parseRule } from './firewall-rule.ts';

/** A packet filter as a node's file says it: one table. */
export interface Firewall {
  readonly chains: readonly FirewallChain[];
  /** Addresses that it replaces, before a packet comes to the chains. */
  readonly translations: readonly Translation[];
}

/** A rule that sends packets to another address. */
export interface Translation {
  readonly hook: 'prerouting' | 'output';
  /** The interface that it asks for. */
  readonly in: string | undefined;
  readonly to: string;
  /** `tcp 443`; undefined for every port. */
  readonly port: number | undefined;
  readonly instead: string;
  readonly portInstead: number | undefined;
}

/** The place in a packet's way at which a chain is asked. */
export type Hook = 'input' | 'forward' | 'output' | 'postrouting';

export interface FirewallChain {
  readonly name: string;
  /** Undefined for one that only other chains lead to. */
  readonly hook: Hook | undefined;
  /** What becomes of a packet that no rule decides. */
  readonly policy: 'accept' | 'drop';
  readonly rules: readonly FirewallRule[];
}

export interface FirewallProblem {
  readonly line: number;
  readonly message: string;
}

const chainBase =
  /^type filter hook (input|forward|output|postrouting) priority filter; policy (accept|drop);$/;

const translationBase = /^type nat hook (prerouting|output) priority -110; policy accept;$/;
const translation =
  /^(?:iifname (\S+) )?ip daddr ([\d.]+)(?: tcp dport (\d+))? dnat ip to ([\d.]+)(?::(\d+))?$/;

/** The part of the table that is being read. */
interface Reading {
  name: string;
  hook?: Hook;
  translates?: Translation['hook'];
  policy: 'accept' | 'drop';
  rules: FirewallRule[];
}

/**
 * Reads the part of nft's language that Fjord writes: one table, chains with rules of one line. What it does not know
 * it reports, since a rule that is not understood may open anything.
 */
export function parseFirewall(text: string): [Firewall | undefined, readonly FirewallProblem[]] {
  const problems: FirewallProblem[] = [];
  const chains: Reading[] = [];
  const translations: Translation[] = [];
  let depth = 0;
  const lineOf = (content: string, line: number): string | undefined => {
    const [, table] = /^table inet (\w+) \{$/.exec(content) ?? [];
    const [, chain] = /^chain (\w+) \{$/.exec(content) ?? [];
    const [, hook, policy] = chainBase.exec(content) ?? [];
    const [, translates] = translationBase.exec(content) ?? [];
    const current = chains.at(-1);
    if (depth === 0 && /^(delete )?table inet fjord$/.test(content)) return;
    if (depth === 0 && table === 'fjord') depth = 1;
    else if (depth === 1 && chain !== undefined) {
      if (chains.some(({ name }) => name === chain)) return `the chain '${chain}' is there twice`;
      chains.push({ name: chain, policy: 'accept', rules: [] });
      depth = 2;
    } else if (depth > 0 && content === '}') depth -= 1;
    else if (depth !== 2 || current === undefined) return `cannot read '${content}'`;
    else if (hook !== undefined && isEmpty(current)) {
      current.hook = hook as Hook;
      current.policy = policy === 'drop' ? 'drop' : 'accept';
    } else if (translates !== undefined && isEmpty(current)) {
      current.translates = translates as Translation['hook'];
    } else if (current.translates !== undefined) {
      const [rule, from, to = '', port, instead = '', portInstead] = translation.exec(content) ?? [];
      if (rule === undefined) return `cannot read the rule '${content}'`;
      const number = (digits: string | undefined) => (digits === undefined ? undefined : Number(digits));
      translations.push({
        hook: current.translates,
        in: from,
        to,
        port: number(port),
        instead,
        portInstead: number(portInstead),
      });
    } else {
      const rule = parseRule(content, line);
      if (rule === undefined) return `cannot read the rule '${content}'`;
      current.rules.push(rule);
    }
  };
  for (const [index, raw] of text.split('\n').entries()) {
    const content = raw.replace(/(^|\s)#.*$/, '').trim();
    const message = content === '' ? undefined : lineOf(content, index + 1);
    if (message !== undefined) problems.push({ line: index + 1, message });
  }
  if (depth > 0) problems.push({ line: 1, message: 'the table does not end' });
  if (!chains.some(({ hook }) => hook === 'input')) {
    problems.push({ line: 1, message: 'no chain filters what comes in' });
  }
  for (const { rules } of chains) {
    for (const { line, verdict } of rules) {
      const target = verdict.startsWith('goto ') ? verdict.slice('goto '.length) : undefined;
      const found = chains.find(({ name }) => name === target);
      if (target !== undefined && (found === undefined || found.hook || found.translates)) {
        problems.push({ line, message: `'${verdict}' leads to no chain` });
      }
    }
  }
  return problems.length > 0
    ? [undefined, problems]
    : [
        {
          chains: chains
            .filter(({ translates }) => translates === undefined)
            .map(({ name, hook, policy, rules }) => ({ name, hook, policy, rules })),
          translations,
        },
        [],
      ];
}

/** Nothing of it was read yet. */
function isEmpty({ hook, translates, rules }: Reading): boolean {
  return hook === undefined && translates === undefined && rules.length === 0;
}
