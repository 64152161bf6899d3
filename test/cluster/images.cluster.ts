import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const images = join(import.meta.dirname, '../../rehearsal/images');

/** Each image as a pod, on loads and losses of its own: see rehearsal/images/contract. */
it('the stand-ins keep the contract of what they stand in for', () => {
  const output = execFileSync(join(images, 'try'), {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  expect(output).toContain('ok');
});
