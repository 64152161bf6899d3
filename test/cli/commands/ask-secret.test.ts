import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { askSecret } from '../../../src/cli/commands/ask-secret.ts';

/** A terminal that notes what is done to it. */
class FakeTerminal extends EventEmitter {
  readonly done: string[] = [];
  setRawMode(on: boolean): void {
    this.done.push(on ? 'raw' : 'cooked');
  }
  resume(): void {
    this.done.push('resume');
  }
  pause(): void {
    this.done.push('pause');
  }
}

async function answerTo(
  ...keys: string[]
): Promise<{ answer: string | undefined; shown: string; done: string[] }> {
  const terminal = new FakeTerminal();
  let shown = '';
  const answer = askSecret(
    terminal,
    (text) => {
      shown += text;
    },
    'Token: ',
  );
  for (const key of keys) terminal.emit('data', Buffer.from(key));
  const given = await answer;
  expect(terminal.listenerCount('data')).toBe(0);
  return { answer: given, shown, done: terminal.done };
}

it('reads a line without showing it, and restores the terminal', async () => {
  expect(await answerTo('se', 'cret', '\r')).toEqual({
    answer: 'secret',
    shown: 'Token: \n',
    done: ['raw', 'resume', 'cooked', 'pause'],
  });
});

it.each([
  [['secret\n'], 'secret'],
  [['secrex\x7ft\r'], 'secret'],
  [['\x1b[A\r'], '[A'],
  [['pasted\rand more'], 'pasted'],
  [['sec', '\x03'], undefined],
  [['\x04'], ''],
])('%j is %j', async (keys, answer) => expect((await answerTo(...keys)).answer).toBe(answer));
