import picocolors from 'picocolors';
import { expect, it } from 'vitest';
import { jsonReport, markdownReport, prettyReport } from '../../src/rehearse/report.ts';
import { isRed, type RehearsalResult, type StepResult } from '../../src/rehearse/result.ts';

const step = (change: Partial<StepResult>): StepResult => ({
  name: 'reboot',
  title: 'each node is rebooted',
  losesNoCall: false,
  losses: { calls: 100, lost: 0, away: 0, outcomes: [] },
  back: 3,
  notBack: [],
  ...change,
});
const lost = { calls: 1000, lost: 30, away: 2.345, outcomes: ['502', 'ECONNREFUSED'] };

const result: RehearsalResult = {
  platform: 'nordpay',
  changes: ['k3s.version: a stand-in'],
  callers: ['pay: 5 calls a second'],
  steps: [
    step({ losses: lost }),
    step({ name: 'upgrade', title: 'a | b', losesNoCall: true, losses: lost }),
    step({ name: 'power-cut', back: undefined, notBack: ['oslo-1: ssh.service failed'] }),
    step({ name: 'clock', leftOut: 'it is shared' }),
  ],
  seconds: 125,
};

it('a step is red if it lost what must not be lost, or something did not come back', () => {
  expect(result.steps.map(isRed)).toEqual([false, true, true, false]);
});

it('the table for a terminal', () => {
  expect(prettyReport(result, picocolors.createColors(false))).toBe(`\
What ran differs from the config of nordpay in this:
  k3s.version: a stand-in
Callers:
  pay: 5 calls a second

             calls  lost   away  back after
✓ reboot      1000    30  2.3 s         3 s
✗ upgrade     1000    30  2.3 s         3 s
    30 calls lost (502, ECONNREFUSED), and none may be
✗ power-cut    100     0              never
    oslo-1: ssh.service failed
- clock left out: it is shared

3 steps in 2 min 5 s: 2 failed: upgrade, power-cut.
`);
});

it('Markdown', () => {
  const text = markdownReport(result);
  expect(text).toContain('| ✅ reboot | each node is rebooted | 1000 | 30 | 2.3 s | 3 s |  |');
  expect(text).toContain(
    '| ❌ upgrade | a \\| b | 1000 | 30 | 2.3 s | 3 s | 30 calls lost (502, ECONNREFUSED), and none may be |',
  );
  expect(text).toContain('- clock left out: it is shared');
});

it('JSON', () => {
  expect(jsonReport(result)).toMatchObject({
    ok: false,
    platform: 'nordpay',
    steps: [{ red: false }, { red: true }, {}, {}],
  });
});
