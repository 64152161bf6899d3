import { describe, expect, it } from 'vitest';
import { cronProblem } from '../../src/units/cron.ts';

describe('a cron expression', () => {
  it.each([
    '* * * * *',
    '*/15 * * * *',
    '0 3 * * *',
    '30 7 * * mon-fri',
    '5,10-20/5,40 0-23/2 1,15 JAN-jun,dec SUN',
    '0 0 29 2 *',
    '0 0 31 */2 *',
    '0 0 31 2 mon',
    '0 0 ? * 1',
    '10/20 * * * *',
    '@hourly',
    '@midnight',
    '@annually',
  ])('%s', (text) => expect(cronProblem(text)).toBeUndefined());
});

describe('an invalid cron expression', () => {
  it.each([
    ['', '0 fields'],
    ['* * * *', '4 fields'],
    ['0 * * * * *', '6 fields'],
    ['*  * * * *', '5 fields, and must have 5 with one space'],
    ['* * * * * ', '5 fields, and must have 5 with one space'],
    ['60 * * * *', 'the minute "60" is not from 0 to 59'],
    ['* 24 * * *', 'the hour "24" is not from 0 to 23'],
    ['* * 0 * *', 'the day of the month "0"'],
    ['* * 32 * *', 'the day of the month "32"'],
    ['* * * 13 *', 'the month "13" is not from 1 to 12 or jan to dec'],
    ['* * * * 7', 'the day of the week "7" is not from 0 to 6 or sun to sat'],
    ['* * * * monday', 'the day of the week "monday"'],
    ['* * * mon *', 'the month "mon"'],
    ['1- * * * *', 'neither'],
    ['*-5 * * * *', 'neither'],
    ['1,,2 * * * *', 'neither'],
    ['-1 * * * *', 'neither'],
    ['1-5-9 * * * *', 'neither'],
    ['* * L * *', 'the day of the month "L"'],
    ['* * * * 5#3', 'neither'],
    ['5-1 * * * *', 'begins after its end'],
    ['*/0 * * * *', 'the step'],
    ['*/60 * * * *', 'the step'],
    ['0 0 30 2 *', 'no month that it names has a day 30'],
    ['0 0 31 4,6,9-11/2 *', 'no month that it names has a day 31'],
    ['@every 5m', 'there is no'],
    ['@reboot', 'there is no'],
    ['TZ=Europe/Oslo 0 3 * * *', '6 fields'],
  ])('%s', (text, problem) => expect(cronProblem(text)).toContain(problem));
});
