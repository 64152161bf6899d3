/** A value that its schema does not allow. */
export interface Unfit {
  /** JSON pointer (RFC 6901) of the value; empty means the whole. */
  readonly pointer: string;
  /** What is wrong with it, as `schemaProblems` words it. */
  readonly message: string;
}

/** `/spec/type: "NodePort" must be "ClusterIP"` */
export function unfitText({ pointer, message }: Unfit): string {
  return pointer === '' ? message : `${pointer}: ${message}`;
}
