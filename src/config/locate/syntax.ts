import type {
  ArrowFunctionExpression,
  Expression,
  FunctionDeclaration,
  FunctionExpression,
  Node,
  ObjectMember,
  ObjectMethod,
} from '@babel/types';

/** A property's name when it is written out: `a`, `'a'`, `8080`, `['a']`. `undefined` when it is computed. */
export function keyName(property: ObjectMember): string | undefined {
  const { key } = property;
  if (key.type === 'Identifier') return property.computed ? undefined : key.name;
  const value = literalValue(key);
  return value === undefined ? undefined : String(value);
}

/** The value of a literal; `undefined` for any other expression. */
export function literalValue(node: Node): string | number | boolean | null | undefined {
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return node.value;
    case 'NullLiteral':
      return null;
    case 'TemplateLiteral':
      return node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
    case 'UnaryExpression': {
      const value = node.operator === '-' ? literalValue(node.argument) : undefined;
      return typeof value === 'number' ? -value : undefined;
    }
    default:
      return undefined;
  }
}

/** The expression inside one that has the same value: casts, parentheses, `await`, the last of a sequence. */
export function innerExpression(node: Node): Expression | undefined {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
      return node.expression;
    case 'AwaitExpression':
      return node.argument;
    case 'SequenceExpression':
      return node.expressions.at(-1);
    case 'AssignmentExpression':
      return node.operator === '=' ? node.right : undefined;
    case 'CallExpression': {
      const [argument] = node.arguments;
      const passesOn = /^(definePlatform|freeze|structuredClone)$/.test(calleeName(node.callee) ?? '');
      return passesOn && argument && isExpression(argument) ? argument : undefined;
    }
    default:
      return undefined;
  }
}

/** The expressions that a value is one of. */
export function alternatives(node: Node): readonly Expression[] {
  if (node.type === 'ConditionalExpression') return [node.consequent, node.alternate];
  if (node.type === 'LogicalExpression')
    return node.operator === '&&' ? [node.right] : [node.left, node.right];
  return [];
}

type FunctionNode = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression | ObjectMethod;

export function isFunction(node: Node): node is FunctionNode {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ObjectMethod)$/.test(node.type);
}

/** The expression in a function's last `return`; `undefined` if it does not end in one. */
export function returnedExpression({ body }: FunctionNode): Expression | undefined {
  if (body.type !== 'BlockStatement') return body;
  const last = body.body.at(-1);
  return last?.type === 'ReturnStatement' ? (last.argument ?? undefined) : undefined;
}

/** The module that `require('./x')` names. */
export function requiredModule(node: Node): string | undefined {
  if (node.type !== 'CallExpression' || calleeName(node.callee) !== 'require') return undefined;
  const [argument] = node.arguments;
  return argument?.type === 'StringLiteral' ? argument.value : undefined;
}

/** True if the node itself is how the value is written: a literal, an object, a list, a template. */
export function showsValue(node: Node): boolean {
  return literalValue(node) !== undefined || shown.has(node.type);
}

const shown = new Set([
  'ObjectExpression',
  'ArrayExpression',
  'TemplateLiteral',
  'BinaryExpression',
  'UnaryExpression',
  'ArrowFunctionExpression',
  'FunctionExpression',
  'BigIntLiteral',
]);

export function isExpression(node: Node): node is Expression {
  return (
    node.type !== 'SpreadElement' &&
    node.type !== 'ArgumentPlaceholder' &&
    !/(Declaration|Statement|Pattern|DeclareFunction)$/.test(node.type)
  );
}

/** `f` for `f(…)` and `a.f(…)`. */
function calleeName(callee: Node): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && !callee.computed && callee.property.type === 'Identifier'
    ? callee.property.name
    : undefined;
}
