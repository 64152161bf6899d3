import { define } from '../../diagnostics/definition.ts';

const traffic = (settings: string, keys = '') => ({
  config: { functions: `{ pay: { image: 'ghcr.io/acme/pay:1', ${keys}traffic: { ${settings} } } }` },
});

/** At most two digits behind the point. */
const amount = (value: number): string => String(Math.round(value * 100) / 100);

/** What `resolve` reports about the traffic of a function. */
export const resolveTrafficDiagnostics = {
  'resolve/traffic-takes-no-time': define<{ name: string; key: string }>({
    severity: 'error',
    fact: ({ name, key }) => `a call of '${name}' has a ${key} of nothing`,
    hint: () => "write the time of a call, '1ms' or more",
    meaning: 'Costs and capacity are rates multiplied by times, so a call that takes no time has neither.',
    example: traffic("calls: 1000, duration: '0s'"),
  }),
  'resolve/peak-under-mean': define<{ peak: string; mean: number; calls: number }>({
    severity: 'error',
    fact: ({ peak, mean, calls }) =>
      `a peak of ${peak} is less than the average of ${calls} calls a month, ${amount(mean)} a second`,
    hint: ({ mean }) => `write a peak of at least '${Math.ceil(mean)}r/s', or correct calls`,
    meaning: 'The highest rate of a month cannot be below its average. One of the two figures is wrong.',
    example: traffic("calls: 20_000_000, peak: '5r/s', duration: '100ms'"),
  }),
  'resolve/p99-under-mean': define<{ p99: string; mean: string }>({
    severity: 'warning',
    fact: ({ p99, mean }) => `99 of 100 calls take less than '${p99}', but the average is '${mean}'`,
    hint: () => 'correct p99 or duration; the two may have been exchanged',
    meaning: 'That is only possible if a few calls take more than a hundred times as long as the others.',
    example: traffic("calls: 1000, duration: '300ms', p99: '100ms'"),
  }),
  'resolve/memory-used-over-memory': define<{ used: string; given: number }>({
    severity: 'error',
    fact: ({ used, given }) =>
      `a function cannot use '${used}' of ${Math.round(given / 2 ** 20)} MiB of memory`,
    hint: () => 'lower memoryUsed, or raise traffic.memory to what a cloud would have to give it',
    meaning: 'A cloud stops a function that uses more memory than it was given.',
    example: traffic("calls: 1000, duration: '1s', memory: '128Mi', memoryUsed: '200Mi'"),
  }),
  'resolve/traffic-over-timeout': define<{ name: string; key: string; takes: string; timeout: number }>({
    severity: 'warning',
    fact: ({ name, key, takes, timeout }) =>
      key === 'p99'
        ? `1 of 100 calls of '${name}' takes '${takes}' or more, but it is cut off after ${timeout} s`
        : `an average call of '${name}' takes '${takes}', but it is cut off after ${timeout} s`,
    hint: ({ name }) => `raise functions.${name}.timeout, or correct traffic`,
    meaning: 'The watchdog ends a call after the `timeout` of its function, and the caller gets an error.',
    example: traffic("calls: 1000, duration: '2s', p99: '45s'"),
  }),
  'resolve/traffic-over-body': define<{ name: string; request: string; limit: number }>({
    severity: 'warning',
    fact: ({ name, request, limit }) =>
      `an average call of '${name}' has a body of ${request}, but nginx takes ${Math.round(limit / 1024)} KiB`,
    hint: ({ name }) => `raise functions.${name}.maxBody, or correct traffic.request`,
    meaning: 'nginx answers 413 to a larger body.',
    example: traffic("calls: 1000, duration: '1s', request: '2m'"),
  }),
};
