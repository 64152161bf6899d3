import { report } from '../../../diagnostics/report.ts';
import { templateText } from '../../../renderers/template.ts';
import type { DistNode } from '../../dist.ts';
import { shellOf } from '../../read/apply-script.ts';
import { nodePlaces } from '../../read/node-places.ts';
import type { Rule } from '../rule.ts';
import { type TemplatePattern, templatePattern } from './template-pattern.ts';

/** What each of these is made from. */
const patterns: ReadonlyMap<string, TemplatePattern> = new Map(
  nodePlaces.flatMap(({ path, templates }) =>
    templates === undefined
      ? []
      : [
          [
            path,
            templatePattern(
              templates.map((file) => ({
                text: templateText(file.replace('?', '')),
                optional: file.endsWith('?'),
              })),
            ),
          ] as const,
        ],
  ),
);

/**
 * What a node runs as root, and what other programs of it read as commands, is what this version of Fjord makes of its
 * templates, whatever the values in it: there is no other way to know of a script what it does.
 */
export const scriptsAsTemplates: Rule = {
  name: 'scripts-as-templates',
  harm: 'ownership',
  loss: 'A command that nobody wrote would run as root.',
  check: ({ nodes }) =>
    nodes.flatMap((node) =>
      [...patterns].flatMap(([place, pattern]) => {
        const text = textOf(node, place);
        if (text === undefined || pattern.whole.test(text)) return [];
        return [
          report(
            'verify/script-edited',
            [],
            { place, line: strangeLine(text, pattern) },
            { artifact: { path: `${node.path}#${place}` } },
          ),
        ];
      }),
    ),
};

function textOf({ files }: DistNode, place: string): string | undefined {
  const text = files.get(place)?.text;
  return text !== undefined && place.endsWith('/fjord-apply') ? shellOf(text) : text;
}

/** The first line that is in no template; undefined where lines are only missing, or stand in another order. */
function strangeLine(text: string, { lines }: TemplatePattern): string | undefined {
  return text.split('\n').find((line) => !lines.some((pattern) => pattern.test(line)));
}
