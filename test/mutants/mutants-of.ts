/** One change to one file. */
export interface Mutant {
  readonly path: string;
  readonly line: number;
  readonly how: 'drop' | 'twice' | 'swap' | 'number' | 'word';
  readonly text: string;
}

/** Every single-line change of a file: the line dropped, doubled, swapped with the next one, a number or a word in it changed. */
export function mutantsOf(path: string, text: string): Mutant[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '' || /^\s*#/.test(line)) return [];
    const next = lines[index + 1];
    const changed = (how: Mutant['how'], from: number, count: number, ...others: string[]): Mutant => ({
      path,
      line: index + 1,
      how,
      text: lines.toSpliced(from, count, ...others).join('\n'),
    });
    const number = line.replace(/\d+(?!.*\d)/, (digits) => String(Number(digits) + 1));
    const word = line.replace(/[a-z]{3,}(?!.*[a-z]{3,})/, (letters) => `${letters.slice(1)}x`);
    return [
      changed('drop', index, 1),
      changed('twice', index, 1, line, line),
      ...(next !== undefined && next.trim() !== '' && next !== line
        ? [changed('swap', index, 2, next, line)]
        : []),
      ...(number === line ? [] : [changed('number', index, 1, number)]),
      ...(word === line ? [] : [changed('word', index, 1, word)]),
    ];
  });
}
