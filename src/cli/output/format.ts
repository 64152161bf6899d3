/**
 * Output formats: for people, as one JSON document, as SARIF 2.1.0, or as GitHub's workflow commands.
 */
export const outputFormats = ['pretty', 'json', 'sarif', 'github'] as const;

export type OutputFormat = (typeof outputFormats)[number];

/** Prints a value as the only JSON document on standard output. */
export function document(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
