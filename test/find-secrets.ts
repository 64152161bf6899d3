import { gunzipSync } from 'node:zlib';

/** Forms that only secrets have. */
const forms: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36}/,
  /\bglpat-[A-Za-z0-9_-]{20}/,
  /\bxox[abprs]-[A-Za-z0-9-]{10}/,
  /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\./,
  /\bK10[0-9a-f]{16,}::/,
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@'"$]+:[^\s/@'"$]+@/i,
  /^kind: Secret$/m,
];

/** A name that says secret, and the value that it is given: `password: x`, `TOKEN="x"`, `"apiKey": "x"`. */
const named =
  /["']?([\w.-]*(?:passwd|password|secret|token|api[_-]?key|private[_-]?key|credential)[\w.-]*)["']?\s*[:=]\s*["']?([^\s"',;)}]{6,})/gi;

/** Words long enough to be random: base64 or hexadecimal digits. */
const words = /[A-Za-z0-9+/_=-]{32,}/g;

/** Values that a name like that may have: other names, paths, variables and placeholders. */
const harmless = [
  /^[/.~]/,
  /\$/,
  /^@FJORD/,
  /^(true|false|null|none|basic-auth|openfaas-license|node|operator)$/,
];

/**
 * What in an artifact looks like a password, a token or a key; in the compressed parts of user-data too. Each is given
 * with the line's number.
 */
export function findSecrets(path: string, text: string): string[] {
  const hashes =
    path === 'platform.lock.json' ? /"(sha256|digest|[a-z0-9]+64)": "(sha256:)?[0-9a-f]{64}"/g : undefined;
  const plain = unpacked(hashes ? text.replace(hashes, '') : text);
  return plain.split('\n').flatMap((line, index) => {
    const found = looksSecret(line);
    return found === undefined ? [] : [`${path}:${index + 1}: ${found}`];
  });
}

function looksSecret(line: string): string | undefined {
  for (const form of forms) {
    const [match] = form.exec(line) ?? [];
    if (match !== undefined) return match;
  }
  for (const [match, , value = ''] of line.matchAll(named)) {
    if (!isName(value) && !harmless.some((pattern) => pattern.test(value))) return match;
  }
  // A cipher's name is as long as a key, and none.
  if (/\bTLS_[A-Z0-9]+_/.test(line)) return undefined;
  // Sums of what is downloaded, and of what rolls the pods, are random and public.
  if (/\b(verify|sha256|checksum\/config|installer)\b|@sha256:/i.test(line)) return undefined;
  for (const [word] of line.matchAll(words)) if (isRandom(word)) return word;
  return undefined;
}

/** A name of something, as Kubernetes has them: words of letters with hyphens, dots or underscores between. */
function isName(value: string): boolean {
  return /^[a-z]+([._-][a-z]+)+$/i.test(value);
}

/** Whether letters and digits are mixed as by chance: many bits a character, and no words. */
function isRandom(word: string): boolean {
  const bits = entropy(word);
  if (/^[0-9a-f]+$/.test(word)) return bits > 3;
  return bits > 4.2 && /[0-9]/.test(word) && /[a-z]/.test(word) && /[A-Z]/.test(word);
}

function entropy(word: string): number {
  const counts = new Map<string, number>();
  for (const character of word) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / word.length) * Math.log2(count / word.length);
  return bits;
}

/** Gzip in base64, wherever it stands, as the text that it holds. */
function unpacked(text: string): string {
  return text.replace(/H4sI[A-Za-z0-9+/]{40,}={0,2}/g, (packed) => {
    return `\n${gunzipSync(Buffer.from(packed, 'base64')).toString()}\n`;
  });
}
