import { parseCpu, parseMemory } from '../../../units/amounts.ts';

/** An amount of what pods share a node in. */
export interface Room {
  /** Bytes. */
  readonly memory: number;
  /** Thousandths of a core. */
  readonly cpu: number;
}

export const noRoom: Room = { memory: 0, cpu: 0 };

export function roomOf({ memory, cpu }: { readonly memory: string; readonly cpu: string }): Room {
  return { memory: parseMemory(memory), cpu: parseCpu(cpu) };
}

export function plus(one: Room, other: Room): Room {
  return { memory: one.memory + other.memory, cpu: one.cpu + other.cpu };
}

export function minus(one: Room, other: Room): Room {
  return { memory: one.memory - other.memory, cpu: one.cpu - other.cpu };
}

export function sum(rooms: readonly Room[]): Room {
  return rooms.reduce(plus, noRoom);
}

export function isWithin(part: Room, whole: Room): boolean {
  return part.memory <= whole.memory && part.cpu <= whole.cpu;
}
