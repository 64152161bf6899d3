import type { NodePlace } from '../../read/node-places.ts';

/** Lines that a place has too much, too little or in another order, each as a problem. */
export function lineProblems(text: string, { lines = [], also, comment = '#' }: NodePlace): string[] {
  const said = text.split('\n');
  if (also === undefined) return orderProblems(said, lines);
  const meant = said.filter((line) => line !== '' && !line.startsWith(comment));
  const strange = meant.filter((line) => ![...lines, ...also].some((pattern) => pattern.test(line)));
  const tooOften = lines.flatMap((pattern) => {
    const wanted = lines.filter((one) => one.source === pattern.source).length;
    const found = meant.filter((line) => pattern.test(line));
    return found.length > wanted ? [`says ${found[0]} twice`] : [];
  });
  return [
    ...orderProblems(meant, lines),
    ...strange.map((line) => `says ${line}, which means nothing to us`),
    ...new Set(tooOften),
  ];
}

/** Each is there once at least, behind the one before it. */
function orderProblems(said: readonly string[], wanted: readonly RegExp[]): string[] {
  let from = 0;
  return wanted.flatMap((pattern) => {
    const at = said.findIndex((line, index) => index >= from && pattern.test(line));
    if (at < 0) return [`does not say ${pattern.source.replace(/^\^|\$$|\\/g, '')} where it should`];
    from = at + 1;
    return [];
  });
}
