import { describe, expect, it } from 'vitest';
import { type Call, lossesIn, readCalls } from '../../src/rehearse/losses.ts';

/** A call each second from 0, by outcomes. */
function calls(outcomes: readonly (number | string)[], caller = 'pay'): Call[] {
  return outcomes.map((outcome, index) => ({ at: index * 1000, took: 5, outcome: String(outcome), caller }));
}

const whole = { name: 'reboot', began: 0, ended: 60_000 };

describe('losses', () => {
  it('of calls that all had answers are none', () => {
    expect(lossesIn(whole, calls([200, 204, 308]))).toEqual({ calls: 3, lost: 0, away: 0, outcomes: [] });
  });

  it('last from the last good call before to the first after, not from the first lost one', () => {
    expect(lossesIn(whole, calls([200, 502, 'ECONNREFUSED', 502, 200]))).toEqual({
      calls: 5,
      lost: 3,
      away: 4,
      outcomes: ['502', 'ECONNREFUSED'],
    });
  });

  it('are the longest time of one function, because the others do not make up for it', () => {
    const both = [...calls([200, 502, 502, 200]), ...calls([200, 200, 502, 200], 'other')];
    expect(lossesIn(whole, both)).toMatchObject({ calls: 8, lost: 3, away: 3 });
  });

  it('that begin in a step count there as a whole, and in the next one by their part', () => {
    const long = calls([200, 502, 502, 502, 502, 200]);
    expect(lossesIn({ name: 'a', began: 0, ended: 3000 }, long)).toMatchObject({ lost: 2, away: 5 });
    expect(lossesIn({ name: 'b', began: 3000, ended: 9000 }, long)).toMatchObject({ lost: 2, away: 2 });
  });

  it('without an end last until the last call', () => {
    expect(lossesIn(whole, calls([200, 502, 502])).away).toBe(2);
  });

  it('are read from the log, without the line that is being written', () => {
    expect(readCalls('1000 12 200 pay@a\n1100 3 ECONNRESET pay@a\n1200 5 20')).toEqual([
      { at: 1000, took: 12, outcome: '200', caller: 'pay@a' },
      { at: 1100, took: 3, outcome: 'ECONNRESET', caller: 'pay@a' },
    ]);
  });
});
