import type { Tried } from './try-paths.ts';

/** A table of what reached whom: forms that went alike everywhere share what is said of them. */
export function pathsTable(tried: readonly Tried[]): string {
  const titles = [...new Set(tried.map(({ kind }) => kind.title))];
  const forms = [...new Set(tried.map(({ form }) => form))];
  const rows = forms.map((form) => {
    const cells = titles.map((title) => {
      const one = tried.find((each) => each.form === form && each.kind.title === title);
      return one === undefined ? '' : [one.status || 'closed', ...one.ran.map(reached)].join(' ');
    });
    return `| ${code(form)} | ${cells.join(' | ')} |\n`;
  });
  return [
    `| After the location's own path | ${titles.join(' | ')} |\n`,
    `|---|${titles.map(() => '---').join('|')}|\n`,
    ...rows,
  ].join('');
}

function reached({ who, path }: { readonly who: string; readonly path: string }): string {
  return `${who}${path === '' ? '' : ` ${code(path)}`}`;
}

function code(text: string): string {
  const shown = text.replaceAll(
    /[^ -~]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `\`${shown.replaceAll('|', '\\|') || ' '}\``;
}
