import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';

/** A value that a template may read: already quoted for the language it goes into. */
export type TemplateView = Readonly<Record<string, unknown>>;

/**
 * Compiles one of the templates, by its path below `src/renderers/`. A template is part of the program's text: it is read once, when
 * its renderer is loaded, and never depends on where Fjord runs. A name that the view lacks is a bug and throws.
 */
export function template<View extends TemplateView>(file: string): (view: View) => string {
  return Handlebars.compile<View>(templateText(file), {
    noEscape: true,
    strict: true,
    knownHelpersOnly: true,
  });
}

const renderers = new URL('../../src/renderers/', import.meta.url);

/** A template as it is written. */
export function templateText(file: string): string {
  return readFileSync(new URL(file, renderers), 'utf8');
}

/** What tells apart two versions of Fjord whose templates differ: 16 hex digits, the same for the same templates. */
export const templatesDigest: string = createHash('sha256')
  .update(
    readdirSync(renderers, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.hbs'))
      .map((file) => file.replaceAll('\\', '/'))
      .sort()
      .map((file) => `${file}\n${templateText(file)}`)
      .join('\n'),
  )
  .digest('hex')
  .slice(0, 16);
