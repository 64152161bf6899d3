import { report } from '../../../diagnostics/report.ts';
import { parseDuration } from '../../../units/amounts.ts';
import type { Dist } from '../../dist.ts';
import { configData } from '../../kubernetes/told-addresses.ts';
import { readYaml } from '../../read/yaml.ts';
import type { Rule } from '../rule.ts';

/** Readings that the shortest window of a rate must hold: two make a rate, and one may come late or not at all. */
const readings = 4;

/** An alert that ends for a moment takes a function back to its least copies, under full load. */
export const scalingSteady: Rule = {
  name: 'scaling-steady',
  harm: 'lost calls',
  loss: 'Copies would be taken away and added again under a steady load.',
  check: (dist) =>
    configsOf(dist).flatMap(({ object, prometheus, rules }) => {
      const interval = /scrape_interval: "?(\w+)"?/.exec(prometheus)?.[1];
      if (interval === undefined) return [];
      // What is no list is reported where the file is checked against its schema.
      const read = readYaml(rules).documents[0] as
        | { groups: { rules: { alert: string; expr: string }[] }[] }
        | null
        | undefined;
      const groups = read?.groups;
      if (!Array.isArray(groups)) return [];
      return groups
        .flatMap(({ rules: named }) => (Array.isArray(named) ? named : []))
        .flatMap(({ alert, expr }) =>
          [...expr.matchAll(/\[(\w+)\]/g)].map(([, window = '']) => ({ alert, window })),
        )
        .filter(({ window }) => parseDuration(window) < readings * parseDuration(interval))
        .map(({ alert, window }) =>
          report('verify/alert-flaps', [], { object, alert, window, interval, readings }),
        );
    }),
};

function configsOf({ objects }: Dist) {
  return objects
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap((object) => {
      const { 'prometheus.yml': prometheus, 'alert.rules.yml': rules } = configData(object);
      return prometheus === undefined || rules === undefined
        ? []
        : [{ object: `${object.namespace}/${object.name}`, prometheus, rules }];
    });
}
