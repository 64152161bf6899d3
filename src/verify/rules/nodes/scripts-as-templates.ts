import { report } from '../../../diagnostics/report.ts';
import type { DistNode } from '../../dist.ts';
import { shellOf } from '../../read/apply-script.ts';
import { nodePlaces } from '../../read/node-places.ts';
import type { Rule } from '../rule.ts';
import { type TemplatePattern, templatePattern } from './template-pattern.ts';

const patterns = new Map<string, TemplatePattern>();

/** What a file of a node is made from. */
function patternOf(path: string, templates: readonly string[]): TemplatePattern {
  const pattern = patterns.get(path) ?? templatePattern(templates);
  patterns.set(path, pattern);
  return pattern;
}

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
      nodePlaces.flatMap(({ path: place, templates }) => {
        const text = textOf(node, place);
        if (text === undefined || templates === undefined) return [];
        const pattern = patternOf(place, templates);
        if (pattern.whole.test(text)) return [];
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
