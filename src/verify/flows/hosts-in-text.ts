/** A host that a text names. */
export interface HostInText {
  readonly host: string;
  /** From 1. */
  readonly line: number;
}

const name = String.raw`[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*`;
const address6 = String.raw`\[[0-9A-Fa-f:.]+\]`;

/** After a scheme, what no resolver would find is a host too. */
const anyName = '[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9-])?';

/** `scheme://user:password@host`, up to the host. */
const url = new RegExp(
  String.raw`\b[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^\s\/@'"]*@)?(${address6}|${anyName})`,
  'g',
);

/** The hosts of all addresses with a scheme. */
export function urlsIn(text: string): HostInText[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(url)].map(([, host = '']) => ({ host: bare(host), line: index + 1 })),
    );
}

const withPort = new RegExp(`^(${address6}|${name}):\\d{1,5}$`);
const alone = new RegExp(`^(${name})$`);
/** How variables are called that hold the name of a host without a scheme. */
const hostVariable = /(^|_)(HOSTS?|HOSTNAME|SERVERS?|ENDPOINTS?|ADDR|ADDRESS|BROKERS?|URL|URI|DOMAIN)$/i;

/**
 * The hosts that a variable of a container names: with a scheme, with a port, or as a bare name in a variable that is
 * called so. `ORDERS=order.created` names none.
 */
export function hostsInVariable(variable: string, value: string): string[] {
  const found = urlsIn(value).map(({ host }) => host);
  const words = value.split(/[\s,;]+/).filter((word) => !word.includes('://'));
  const others = words.flatMap((word) => {
    const host =
      withPort.exec(word)?.[1] ?? (hostVariable.test(variable) ? alone.exec(word)?.[1] : undefined);
    return host !== undefined && isOutsideName(host) ? [bare(host)] : [];
  });
  return [...new Set([...found, ...others])].sort();
}

/** A name of several parts, or a whole address: `1.5` is neither. */
function isOutsideName(host: string): boolean {
  return /\.[A-Za-z][A-Za-z0-9-]*$|^\d+\.\d+\.\d+\.\d+$|:/.test(host);
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$/g, '');
}

/** A text whose lines of comment are empty, so that the others keep their numbers. */
export function withoutCommentLines(text: string, begins: RegExp = /^\s*(#|;|\/\/)/): string {
  return text
    .split('\n')
    .map((line) => (begins.test(line) ? '' : line))
    .join('\n');
}

/**
 * A script of shell or Python without its comments: from a `#` that begins a word, outside of quotes, to the end of its
 * line.
 */
export function withoutScriptComments(text: string): string {
  let kept = '';
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\' && quote !== "'") {
      kept += text.slice(at, at + 2);
      at++;
    } else if (quote === '' && char === '#' && /[\s;|&(]/.test(text[at - 1] ?? '\n')) {
      const end = text.indexOf('\n', at);
      at = (end === -1 ? text.length : end) - 1;
    } else {
      if (char === quote) quote = '';
      else if (quote === '' && (char === "'" || char === '"')) quote = char;
      kept += char;
    }
  }
  return kept;
}
