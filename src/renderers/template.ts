import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';

/** A value that a template may read: already quoted for the language it goes into. */
export type TemplateView = Readonly<Record<string, unknown>>;

/**
 * Compiles one of the templates in `templates/`. A template is part of the program's text: it is read once, when
 * its renderer is loaded, and never depends on where Fjord runs. A name that the view lacks is a bug and throws.
 */
export function template<View extends TemplateView>(file: string): (view: View) => string {
  const text = readFileSync(new URL(`../../src/renderers/templates/${file}`, import.meta.url), 'utf8');
  return Handlebars.compile<View>(text, { noEscape: true, strict: true, knownHelpersOnly: true });
}
