import { podsOf } from './capacity.ts';
import { firstFitDecreasing } from './packing.ts';
import type { Room } from './room.ts';
import type { RunningPods } from './running-pods.ts';

/**
 * How many copies of one function there is room for, while all others have their least.
 *
 * @param pods one of `running`
 * @param max copies that are enough
 */
export function mostCopies(
  pods: RunningPods,
  running: readonly RunningPods[],
  rooms: readonly Room[],
  max: number,
): number {
  const fits = (copies: number) => {
    const others = running.map((each) => (each === pods ? { ...each, copies } : each));
    return firstFitDecreasing(podsOf(others), rooms).length === 0;
  };
  let most = pods.copies;
  while (most < max && fits(most + 1)) most++;
  return most;
}
