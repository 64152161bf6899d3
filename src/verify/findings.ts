import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Dist } from './dist.ts';
import type { Rule } from './rules/rule.ts';

/** What a rule found, and what of the dist it had read: how to read it again, and what it was. */
interface Answer {
  readonly found: readonly Diagnostic[];
  readonly reads: ReadonlyMap<string, Read>;
}

interface Read {
  readonly again: (dist: Dist) => unknown;
  readonly value: unknown;
}

/**
 * What rules found the last time. A rule is pure, so it is asked again only when something that it read is not what it
 * was: a rule about nginx sleeps while a function's image changes.
 */
export class Findings {
  private readonly answers = new Map<Rule, Answer>();

  of(rule: Rule, dist: Dist): readonly Diagnostic[] {
    const known = this.answers.get(rule);
    if (
      known !== undefined &&
      [...known.reads.values()].every(({ again, value }) => same(again(dist), value))
    ) {
      return known.found;
    }
    const reads = new Map<string, Read>();
    const found = rule.check(watched(dist, reads));
    this.answers.set(rule, { found, reads });
    return found;
  }
}

/** The same dist, which notes what of it is read: which part; of the lock and the stack which key, of texts which file. */
function watched(dist: Dist, reads: Map<string, Read>): Dist {
  const note = (name: string, again: (other: Dist) => unknown) =>
    reads.set(name, { again, value: again(dist) });
  return noting(
    {
      ...dist,
      lock: noting(dist.lock, (key) => note(`lock.${key}`, (other) => other.lock[key])),
      stack: noting(dist.stack, (key) => note(`stack.${key}`, (other) => other.stack[key])),
      texts: notingFiles(dist.texts, (path) =>
        note(`texts ${path ?? ''}`, ({ texts }) => (path === undefined ? texts : texts.get(path))),
      ),
    },
    (key) => {
      if (key !== 'lock' && key !== 'stack' && key !== 'texts') note(key, (other) => other[key]);
    },
  );
}

/** @param note gets the path of one that is read, or undefined when all are looked through */
function notingFiles(texts: Dist['texts'], note: (path?: string) => void): Dist['texts'] {
  return new Proxy(texts, {
    get: (of, key) => {
      if (key === 'get') {
        return (path: string) => {
          note(path);
          return of.get(path);
        };
      }
      note();
      const value: unknown = Reflect.get(of, key, of);
      return typeof value === 'function' ? value.bind(of) : value;
    },
  });
}

function noting<T extends object>(value: T, note: (key: keyof T & string) => void): T {
  return new Proxy(value, {
    get: (of, key, receiver) => {
      note(key as keyof T & string);
      return Reflect.get(of, key, receiver);
    },
    // Who asks which keys there are depends on all of them.
    ownKeys: (of) => {
      for (const key of Object.keys(of)) note(key as keyof T & string);
      return Reflect.ownKeys(of);
    },
    has: (of, key) => {
      note(key as keyof T & string);
      return Reflect.has(of, key);
    },
  });
}

/** Whether two values are one, or are made of the same parts. */
function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (one instanceof Map) {
    return (
      other instanceof Map &&
      one.size === other.size &&
      [...one].every(([key, part]) => other.has(key) && same(part, other.get(key)))
    );
  }
  const keys = Object.keys(one);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    keys.length === Object.keys(other).length &&
    keys.every(
      (key) => Object.hasOwn(other, key) && same(one[key as keyof object], other[key as keyof object]),
    )
  );
}
