import { expect, it } from 'vitest';
import { deck } from '../../src/rehearse/deck/index.ts';
import { run } from '../cli/fake-io.ts';

it('--list names each misfortune once, with a line', async () => {
  const { code, stdout } = await run(['rehearse', '--list']);
  expect(code).toBe(0);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ', 1).join()),
  ).toEqual(deck.map(({ name }) => name));
  expect(new Set(deck.map(({ name }) => name)).size).toBe(deck.length);
});

it('a misfortune that does not exist is a wrong command line', async () => {
  const { code, stderr } = await run(['rehearse', '--only', 'reboot,earthquake']);
  expect([code, stderr]).toEqual([
    2,
    "fjord: there is no misfortune 'earthquake'; fjord rehearse --list names them\n",
  ]);
});
