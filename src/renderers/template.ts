import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';

/** Values that a template may read, already quoted for its language. */
export type TemplateView = Readonly<Record<string, unknown>>;

/**
 * Compiles a template, by its path below `src/renderers/`. A template is part of the program: it is read once, when its
 * renderer is loaded, and does not depend on where Fjord runs. A name that is not in the view is a bug and throws.
 */
export function template<View extends TemplateView>(file: string): (view: View) => string {
  return Handlebars.compile<View>(templateText(file), templateOptions);
}

export const templateOptions = { noEscape: true, strict: true, knownHelpersOnly: true };

const renderers = new URL('../../src/renderers/', import.meta.url);

/** The source of a template. */
export function templateText(file: string): string {
  return readFileSync(new URL(file, renderers), 'utf8');
}

/** A template as the tree of its parts. */
export function templateTree(file: string): hbs.AST.Program {
  return Handlebars.parse(templateText(file));
}

/** The paths of all templates, sorted. */
export const templates: readonly string[] = readdirSync(renderers, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.hbs'))
  .map((file) => file.replaceAll('\\', '/'))
  .sort();

/** A digest of all templates, 16 hex digits, to tell apart versions of Fjord with different templates. */
export const templatesDigest: string = createHash('sha256')
  .update(templates.map((file) => `${file}\n${templateText(file)}`).join('\n'))
  .digest('hex')
  .slice(0, 16);
