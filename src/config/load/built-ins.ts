/**
 * JavaScript's built-in objects, with the names by which a config would change them. `Object.prototype` is first: until
 * it is restored, nothing else can be inspected.
 */
const owners: readonly (readonly [name: string, owner: object])[] = [
  ['Object.prototype', Object.prototype],
  ['Object', Object],
  ['Function.prototype', Function.prototype],
  ['Array.prototype', Array.prototype],
  ['Array', Array],
  ['[][Symbol.iterator]()', Object.getPrototypeOf([][Symbol.iterator]())],
  ['String.prototype', String.prototype],
  ['String', String],
  ['Number.prototype', Number.prototype],
  ['Number', Number],
  ['Boolean.prototype', Boolean.prototype],
  ['BigInt.prototype', BigInt.prototype],
  ['Symbol.prototype', Symbol.prototype],
  ['RegExp.prototype', RegExp.prototype],
  ['Map.prototype', Map.prototype],
  ['Set.prototype', Set.prototype],
  ['Promise.prototype', Promise.prototype],
  ['Date.prototype', Date.prototype],
  ['Error.prototype', Error.prototype],
  ['JSON', JSON],
  ['Math', Math],
  ['Reflect', Reflect],
];

// As they were before any config could replace them.
const { ownKeys, getOwnPropertyDescriptor, defineProperty, deleteProperty } = Reflect;
const { is, setPrototypeOf } = Object;

type Known = Record<string | symbol, PropertyDescriptor | undefined>;

/**
 * Records the state of the built-in objects.
 *
 * @returns a function that restores them and returns the names of what was changed, `Array.prototype.last`
 */
export function rememberBuiltIns(): () => readonly string[] {
  const before = owners.map(([name, owner]) => ({ name, owner, known: propertiesOf(owner) }));
  // Made now: a changed Array.prototype can keep a list from being filled.
  const found: (string | symbol | undefined)[] = before.map(() => undefined);
  return () => {
    // No method and no iterator here, because each could be the config's own.
    for (let index = 0; index < before.length; index++) {
      const one = before[index];
      if (one !== undefined) found[index] = restore(one.owner, one.known);
    }
    return before.flatMap(({ name }, index) => {
      const key = found[index];
      return key === undefined
        ? []
        : [typeof key === 'symbol' ? `${name}[${String(key)}]` : `${name}.${key}`];
    });
  };
}

/** Without a prototype, so that none is asked for what they do not have. */
function propertiesOf(owner: object): Known {
  const known: Known = setPrototypeOf({}, null);
  for (const key of ownKeys(owner)) known[key] = setPrototypeOf(getOwnPropertyDescriptor(owner, key), null);
  return known;
}

/** The last property that was not as it was. */
function restore(owner: object, known: Known): string | symbol | undefined {
  let changed: string | symbol | undefined;
  const now = ownKeys(owner);
  for (let index = 0; index < now.length; index++) {
    const key = now[index];
    if (key === undefined || known[key] !== undefined) continue;
    deleteProperty(owner, key);
    changed = key;
  }
  const wanted = ownKeys(known);
  for (let index = 0; index < wanted.length; index++) {
    const key = wanted[index];
    const old = key === undefined ? undefined : known[key];
    if (key === undefined || old === undefined || isSame(getOwnPropertyDescriptor(owner, key), old)) continue;
    defineProperty(owner, key, old);
    changed = key;
  }
  return changed;
}

function isSame(now: PropertyDescriptor | undefined, old: PropertyDescriptor): boolean {
  if (now === undefined) return false;
  const bare: PropertyDescriptor = setPrototypeOf(now, null);
  return (
    is(bare.value, old.value) &&
    bare.get === old.get &&
    bare.set === old.set &&
    bare.writable === old.writable &&
    bare.enumerable === old.enumerable &&
    bare.configurable === old.configurable
  );
}
