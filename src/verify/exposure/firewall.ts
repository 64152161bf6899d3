/** A packet filter as `/etc/nftables.conf` says it. */
export interface Firewall {
  /** What becomes of a packet to the node itself that no rule decides. */
  readonly policy: 'accept' | 'drop';
  readonly rules: readonly FirewallRule[];
}

/** One rule of the input chain; what is absent is any. */
export interface FirewallRule {
  readonly line: number;
  readonly verdict: 'accept' | 'drop';
  /** First and last port. */
  readonly ports?: readonly (readonly [number, number])[];
  readonly protocol?: 'tcp' | 'udp';
  /** Addresses and networks that the packet comes from. */
  readonly from?: readonly string[];
  /** The interface that the packet comes in by. */
  readonly interface?: string;
  /** Decides only packets of known connections, of the loopback interface, or of ICMP: none that opens a socket. */
  readonly aside?: boolean;
}

export interface FirewallProblem {
  readonly line: number;
  readonly message: string;
}

/**
 * Reads the part of nft's language that Fjord writes: one table, one chain at the input hook, rules of one line. What
 * it does not know it reports, since a rule that is not understood may open anything.
 */
export function parseFirewall(text: string): [Firewall | undefined, readonly FirewallProblem[]] {
  const problems: FirewallProblem[] = [];
  const rules: FirewallRule[] = [];
  const blocks: string[] = [];
  let policy: Firewall['policy'] | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1;
    const content = raw.replace(/(^|\s)#.*$/, '').trim();
    const base = /^type filter hook input priority filter; policy (accept|drop);$/.exec(content)?.[1];
    if (content === '' || isPreamble(content, blocks)) continue;
    if (base === 'accept' || base === 'drop') policy = base;
    else if (/^(table inet \w+|chain input) \{$/.test(content)) blocks.push(content);
    else if (content === '}' && blocks.length > 0) blocks.pop();
    else if (blocks.length === 2) {
      const rule = parseRule(content, line);
      if (rule === undefined) problems.push({ line, message: `cannot read the rule '${content}'` });
      else rules.push(rule);
    } else problems.push({ line, message: `cannot read '${content}'` });
  }
  if (blocks.length > 0) problems.push({ line: 1, message: `'${blocks.at(-1)}' does not end` });
  if (policy === undefined) problems.push({ line: 1, message: 'no chain filters what comes in' });
  return problems.length > 0 || policy === undefined ? [undefined, problems] : [{ policy, rules }, []];
}

/** Makes the table anew: it is declared, so that it can be deleted whether it was there or not. */
function isPreamble(content: string, blocks: readonly string[]): boolean {
  return blocks.length === 0 && /^(delete )?table inet \w+$/.test(content);
}

const aside = [
  /^ct state established,related$/,
  /^ct state invalid$/,
  /^iif lo$/,
  /^meta l4proto \{ 1, 58 \}$/,
];
const incoming = /^iifname (\S+)(?: |$)/;
const source = /^(ip|ip6) saddr (\{ [^{}]+ \}|\S+)(?: |$)/;
const destination = /^(tcp|udp) dport (\S+|\{ [^{}]+ \})$/;

function parseRule(content: string, line: number): FirewallRule | undefined {
  const [, matches = '', verdict] = /^(?:(.+) )?(accept|drop)$/.exec(content) ?? [];
  if (verdict !== 'accept' && verdict !== 'drop') return undefined;
  if (aside.some((pattern) => pattern.test(matches))) return { line, verdict, aside: true };

  const by = incoming.exec(matches);
  const behind = by ? matches.slice(by[0].length) : matches;
  const from = source.exec(behind);
  const rest = from ? behind.slice(from[0].length) : behind;
  const to = destination.exec(rest);
  if (to === null && rest !== '') return undefined;
  const ports = to ? setOf(to[2]).map(portRange) : undefined;
  if (ports?.some((range) => range === undefined)) return undefined;
  return {
    line,
    verdict,
    ...(from && { from: setOf(from[2]) }),
    ...(by?.[1] !== undefined && { interface: by[1] }),
    ...(to && {
      protocol: to[1] === 'udp' ? 'udp' : 'tcp',
      ports: ports?.filter((range) => range !== undefined) ?? [],
    }),
  };
}

/** `{ 80, 443 }` or one element by itself. */
function setOf(text = ''): string[] {
  return text
    .replace(/^\{ | \}$/g, '')
    .split(',')
    .map((element) => element.trim());
}

function portRange(text: string): readonly [number, number] | undefined {
  const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const range = [Number(first), Number(last ?? first)] as const;
  return first !== undefined && range[0] >= 1 && range[1] <= 65_535 && range[0] <= range[1]
    ? range
    : undefined;
}
