/** The parts of a terminal that `askSecret` needs. */
export interface Terminal {
  setRawMode(on: boolean): unknown;
  on(event: 'data', listener: (data: Buffer) => void): unknown;
  off(event: 'data', listener: (data: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** Return, a line feed, and Ctrl-D. */
const enter = ['\r', '\n', '\x04'];
const interrupt = '\x03';

/**
 * Asks for a line that the terminal does not show.
 *
 * @returns undefined if the user cancelled with Ctrl-C
 */
export function askSecret(
  terminal: Terminal,
  show: (text: string) => void,
  question: string,
): Promise<string | undefined> {
  show(question);
  terminal.setRawMode(true);
  terminal.resume();
  return new Promise((resolve) => {
    let typed = '';
    const finish = (answer: string | undefined): void => {
      terminal.off('data', listen);
      terminal.setRawMode(false);
      terminal.pause();
      show('\n');
      resolve(answer);
    };
    const listen = (data: Buffer): void => {
      for (const character of data.toString('utf8')) {
        if (character === interrupt || enter.includes(character)) {
          finish(character === interrupt ? undefined : typed);
          return;
        }
        if (character === '\x7f' || character === '\b') typed = typed.slice(0, -1);
        else if (character >= ' ') typed += character;
      }
    };
    terminal.on('data', listen);
  });
}
