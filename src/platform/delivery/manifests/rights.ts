import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { report } from '../../../diagnostics/report.ts';
import { type OwnObject, titleOf } from './own-object.ts';

/** Verbs that give rights that one does not have. */
const raising = ['bind', 'escalate', 'impersonate'];

/** Reports a Role of everything, and a RoleBinding that gives rights to somebody who is not a pod of the user's own. */
export function diagnoseRights(object: OwnObject, namespaces: ReadonlySet<string>): Diagnostic[] {
  const { rules = [], roleRef, subjects = [] } = object.body;
  const role = titleOf(object);
  const wide = (what: string, ...path: (string | number)[]) =>
    report('resolve/manifest-rights-wide', path, { role, what });
  return [
    ...rules.flatMap(({ verbs, resources = [], apiGroups = [] }, index) => {
      const raised = verbs.find((verb) => raising.includes(verb));
      return [
        ...(raised === undefined ? [] : [wide(`the verb ${raised}`, 'rules', index, 'verbs')]),
        ...Object.entries({ verbs, resources, apiGroups })
          .filter(([, values]) => values.includes('*'))
          .map(([key]) => wide(`every one of ${key}`, 'rules', index, key)),
      ];
    }),
    ...(roleRef === undefined || roleRef.kind === 'Role'
      ? []
      : [wide(`the ${roleRef.kind} ${roleRef.name}`, 'roleRef', 'kind')]),
    ...subjects.flatMap(({ kind, name, namespace }, index) =>
      kind === 'ServiceAccount' && namespaces.has(namespace ?? '')
        ? []
        : [wide(`rights to the ${kind} ${name}`, 'subjects', index)],
    ),
  ];
}
