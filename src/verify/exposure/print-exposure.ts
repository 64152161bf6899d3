import type { OpenSocket } from './open-sockets.ts';

/** The sockets as a table in Markdown. */
export function printExposure(sockets: readonly OpenSocket[]): string {
  const rows = sockets.map(({ protocol, port, from, by }) => [
    port,
    protocol === 'any' ? 'TCP, UDP' : protocol.toUpperCase(),
    from === 'anywhere' ? from : from.join(', '),
    by,
  ]);
  const lines = [['port', 'protocol', 'from', 'what answers'], ['---', '---', '---', '---'], ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
