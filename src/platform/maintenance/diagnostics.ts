import { define } from '../../diagnostics/definition.ts';

/** What `resolve` reports about maintenance. */
export const resolveMaintenanceDiagnostics = {
  'resolve/window-too-short': define<{ length: string; nodes: number; each: string; least: string }>({
    severity: 'error',
    fact: ({ length, nodes, each }) =>
      nodes === 1
        ? `a window of ${length} is too short: a reboot can take ${each}`
        : `a window of ${length} is too short for ${nodes} nodes one after another: each can take ${each}`,
    hint: ({ least }) => `write a length of at least ${least}`,
    meaning:
      'A node that reboots lets running calls end first. The next node must not begin before it is back, or both would be away at once.',
    example: { config: { maintenance: "{ length: '5m' }" } },
  }),
  'resolve/window-too-long': define<{ length: string; apart: string }>({
    severity: 'error',
    fact: ({ length, apart }) =>
      `a window of ${length} is still open when the next one opens, ${apart} later`,
    hint: ({ apart }) => `write a length of at most ${apart}, or fewer days`,
    meaning:
      'Two nodes could restart at the same time: one in the end of a window, one in the beginning of the next.',
    example: { config: { maintenance: "{ days: ['saturday', 'sunday'], length: '30h' }" } },
  }),
  'resolve/reboots-never': define<Record<never, never>>({
    severity: 'info',
    fact: () =>
      'no node reboots by itself, so updates of the kernel are installed but not in force until you reboot',
    hint: () => 'remove reboots: false, or reboot each node when its journal says that a reboot is pending',
    meaning:
      'Security updates are installed every day. A new kernel runs only after a reboot, so without one known holes stay open.',
    example: { config: { maintenance: '{ reboots: false }' } },
  }),
};
