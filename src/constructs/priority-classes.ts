import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { Priority } from '../config/functions/function.ts';

type NamedPriority = Exclude<Priority, 'normal'>;

/** Pods without a class have 0. */
const values: Readonly<Record<NamedPriority, number>> = { high: 1000, low: -1000 };

const descriptions: Readonly<Record<NamedPriority, string>> = {
  high: 'Functions that get room before others',
  low: 'Functions that are evicted before others',
};

/** The name of the class of a priority. */
export function priorityClass(priority: NamedPriority): string {
  return `openfaas-fn-${priority}`;
}

export interface PriorityClassesProps {
  /** The priorities that functions have. */
  readonly priorities: ReadonlySet<Priority>;
}

/** PriorityClasses: when the nodes are full, pods of a lower priority make room for those of a higher one. */
export class PriorityClasses extends Construct {
  constructor(scope: Construct, id: string, { priorities }: PriorityClassesProps) {
    super(scope, id);
    for (const priority of ['high', 'low'] as const) {
      if (!priorities.has(priority)) continue;
      new k8s.KubePriorityClass(this, priority, {
        metadata: { name: priorityClass(priority) },
        value: values[priority],
        description: descriptions[priority],
      });
    }
  }
}
