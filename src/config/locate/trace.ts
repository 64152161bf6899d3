import type { CallExpression, Node, ObjectExpression } from '@babel/types';
import { type Binding, bind, patternNames, type SourceModule } from './source-module.ts';
import { createProgram, type Origin } from './source-program.ts';
import {
  alternatives,
  innerExpression,
  isExpression,
  isFunction,
  keyName,
  literalValue,
  requiredModule,
  returnedExpression,
} from './syntax.ts';

/** An expression in one of the user's files, or all exports of a file. */
export interface Spot {
  readonly module: SourceModule;
  readonly node: Node | 'exports';
  /** False if the way here led through something whose result cannot be known, such as a call. */
  readonly exact: boolean;
  /** What the parameters of a function stand for, when the spot lies inside of one. */
  readonly locals?: ReadonlyMap<string, Spot | undefined>;
}

/** Where a key is written, and the value that it has. A list's items have no key. */
export interface Member {
  readonly key: Spot | undefined;
  readonly value: Spot;
}

/** A member, or the place where its trace is lost, or `undefined` if it is not there. */
export type Step = Member | { readonly lost: Spot } | undefined;

/** Follows values through the source of a config and of the files that it imports. */
export interface Tracer {
  /** The statement and value of the config's default export. */
  readonly main: Member | undefined;
  /** Follows names, casts and imports to the expression that a spot's value is written in. */
  settle(spot: Spot): Spot;
  /** The member of a settled spot. `actual` is the value that it is known to have. */
  member(spot: Spot, key: string | number, actual: unknown): Step;
}

/** How many names, casts and calls are followed for one place: far more than people write, and circles end. */
const fuelPerTrace = 1000;

export function createTracer(file: string, text: string): Tracer {
  const program = createProgram(file, text);
  const { root } = program;
  let fuel = fuelPerTrace;

  function spotOf(origin: Origin | undefined): Spot | undefined {
    if (!origin) return undefined;
    const { module, binding } = origin;
    if (binding === 'exports') return { module, node: binding, exact: true };
    if (binding.kind === 'opaque') return { module, node: binding.node, exact: false };
    return within({ module, node: binding.node, exact: binding.constant }, binding.path);
  }

  function within(spot: Spot, path: readonly (string | number)[]): Spot | undefined {
    let current = spot;
    for (const key of path) {
      const step = member(settle(current), key, undefined);
      if (!step || 'lost' in step) return undefined;
      current = step.value;
    }
    return current;
  }

  function settle(spot: Spot): Spot {
    let current = spot;
    while (fuel > 0) {
      fuel -= 1;
      const next = follow(current);
      if (!next) return current;
      current = { ...next, exact: next.exact && current.exact };
    }
    return { ...current, exact: false };
  }

  /** One step towards the expression that shows the value. */
  function follow(spot: Spot): Spot | undefined {
    const { node, module } = spot;
    if (node === 'exports') return undefined;
    if (node.type === 'Identifier') {
      if (spot.locals?.has(node.name)) return spot.locals.get(node.name);
      return spotOf(program.declared(module, node.name));
    }
    if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') {
      const key = node.computed ? literalValue(node.property) : propertyName(node.property);
      if (typeof key !== 'string' && typeof key !== 'number') return undefined;
      const step = member(settle({ ...spot, node: node.object }), key, undefined);
      return step && 'value' in step ? step.value : undefined;
    }
    const specifier = requiredModule(node);
    const required = specifier === undefined ? undefined : program.imported(module, specifier);
    if (required) {
      return spotOf(program.exported(required, required.exports.has('default') ? 'default' : '*'));
    }
    const inner = innerExpression(node);
    return inner && { ...spot, node: inner };
  }

  function member(spot: Spot, key: string | number, actual: unknown): Step {
    fuel -= 1;
    if (fuel <= 0) return { lost: spot };
    if (spot.node === 'exports') {
      const value = spotOf(program.exported(spot.module, String(key)));
      return value && { key: undefined, value };
    }
    if (spot.node.type === 'ObjectExpression') return objectMember(spot, spot.node, String(key), actual);
    if (spot.node.type === 'ArrayExpression') return listItem(spot, Number(key));
    let disagreeing: Step;
    for (const alternative of alternativesOf(spot)) {
      const step = member(settle(alternative), key, actual);
      if (!step || 'lost' in step) continue;
      if (agrees(settle(step.value), actual) !== false) return inexact(step);
      disagreeing ??= inexact(step);
    }
    return disagreeing ?? { lost: { ...spot, exact: false } };
  }

  /** The last of an object's properties with that name wins, as in JavaScript. */
  function objectMember(spot: Spot, object: ObjectExpression, key: string, actual: unknown): Step {
    let lost: Spot | undefined;
    for (const property of object.properties.toReversed()) {
      if (property.type === 'SpreadElement') {
        const step = member(settle({ ...spot, node: property.argument }), key, actual);
        if (step && 'value' in step) return lost ? inexact(step) : step;
        if (step) lost ??= { ...spot, node: property.argument, exact: false };
        continue;
      }
      const name = nameOf(property, spot);
      if (name === undefined) lost ??= { ...spot, node: property.key, exact: false };
      if (name !== key) continue;
      const value =
        property.type === 'ObjectMethod' ? (returnedExpression(property) ?? property) : property.value;
      const found = { key: { ...spot, node: property.key }, value: { ...spot, node: value } };
      if (!lost) return found;
      // Something after it may have another value for this key: then only the value itself can tell.
      const agreed = agrees(settle(found.value), actual);
      if (agreed === false) return { lost };
      return agreed ? found : inexact(found);
    }
    return lost && { lost };
  }

  function listItem(spot: Spot, index: number): Step {
    const items = listItems(spot);
    const unknown = items.findIndex((item) => item?.exact === false);
    if (unknown !== -1 && unknown <= index) return { lost: items[unknown] ?? spot };
    const item = items[index];
    return item && { key: undefined, value: { ...item, exact: spot.exact } };
  }

  /** A list's items with its spreads laid out; one that is not exact stands for an unknown number. */
  function listItems(spot: Spot): (Spot | undefined)[] {
    if (spot.node === 'exports' || spot.node.type !== 'ArrayExpression') return [{ ...spot, exact: false }];
    fuel -= 1;
    if (fuel <= 0) return [{ ...spot, exact: false }];
    return spot.node.elements.flatMap((element) => {
      if (!element) return [undefined];
      if (element.type !== 'SpreadElement') return [{ ...spot, node: element, exact: true }];
      return listItems(settle({ ...spot, node: element.argument, exact: true }));
    });
  }

  /** A computed key that is the name of a constant string is as good as written out. */
  function nameOf(property: ObjectExpression['properties'][number], spot: Spot): string | undefined {
    if (property.type === 'SpreadElement') return undefined;
    const name = keyName(property);
    if (name !== undefined) return name;
    const { node } = settle({ ...spot, node: property.key });
    const value = node === 'exports' ? undefined : literalValue(node);
    return value === undefined ? undefined : String(value);
  }

  function alternativesOf(spot: Spot): readonly Spot[] {
    const { node } = spot;
    if (node === 'exports') return [];
    if (node.type !== 'CallExpression') return alternatives(node).map((each) => ({ ...spot, node: each }));
    const given = node.arguments.filter(isExpression).map((each) => ({ ...spot, node: each }));
    const returned = returnedBy(spot, node, given);
    return [...(returned ? [returned] : []), ...given.toReversed()];
  }

  /** The expression that a call of the user's own function returns, with the call's arguments as its parameters. */
  function returnedBy(spot: Spot, call: CallExpression, given: readonly Spot[]): Spot | undefined {
    const { node, module } = settle({ ...spot, node: call.callee });
    if (node === 'exports' || !isFunction(node)) return undefined;
    const locals = new Map<string, Spot | undefined>();
    for (const [index, parameter] of node.params.entries()) {
      for (const { name, path } of patternNames(parameter)) {
        const passed = given[index];
        locals.set(name, passed && within(passed, path));
      }
    }
    const inside = new Map<string, Binding>();
    const statements = node.body.type === 'BlockStatement' ? node.body.body : [];
    for (const statement of statements) bind(statement, inside);
    for (const [name, binding] of inside) {
      const isWhole = binding.kind === 'value' && binding.path.length === 0;
      locals.set(name, isWhole ? { module, node: binding.node, exact: false, locals } : undefined);
    }
    const returned = returnedExpression(node);
    return returned && { module, node: returned, exact: false, locals };
  }

  const value = spotOf(program.exported(root, 'default'));
  return {
    main: value && { key: mainStatement(root), value },
    settle: (spot) => {
      fuel = fuelPerTrace;
      return settle(spot);
    },
    member: (spot, key, actual) => {
      fuel = fuelPerTrace;
      return member(spot, key, actual);
    },
  };
}

/** True if the spot's literal equals the known value; `undefined` if the spot is not a literal. */
export function agrees(spot: Spot, actual: unknown): boolean | undefined {
  const value = spot.node === 'exports' ? undefined : literalValue(spot.node);
  return value === undefined || actual === undefined ? undefined : value === actual;
}

function mainStatement(module: SourceModule): Spot | undefined {
  return module.main && { module, node: module.main, exact: true };
}

function inexact(step: Member): Member {
  return {
    key: step.key && { ...step.key, exact: false },
    value: { ...step.value, exact: false },
  };
}

function propertyName(node: Node): string | undefined {
  return node.type === 'Identifier' ? node.name : undefined;
}
