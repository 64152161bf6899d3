import type { Code } from '../../../src/diagnostics/codes.ts';
import type { Edit, Sabotage } from './sabotage.ts';

/** A sabotage of one edit that no config says. */
export function refused(name: string, code: Code, edit: Edit, of?: string): Sabotage {
  return { name, ...(of !== undefined && { of }), edits: [edit], outcome: { refused: code } };
}

/** A sabotage of one edit that another config says. */
export function mayPass(name: string, mayPass: string, edit: Edit, of?: string): Sabotage {
  return { name, ...(of !== undefined && { of }), edits: [edit], outcome: { mayPass } };
}
