import type { SchemaProblem } from './schema-problem.ts';

/** A value that its schema does not allow: its place, and what is wrong with it. */
export type Unfit = Pick<SchemaProblem, 'pointer' | 'message'>;

/** `/spec/type: "NodePort" must be "ClusterIP"` */
export function unfitText({ pointer, message }: Unfit): string {
  return pointer === '' ? message : `${pointer}: ${message}`;
}
