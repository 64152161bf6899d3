import type { World } from './world.ts';

/** A machine that is wanted. */
export interface MachineOptions {
  readonly name: string;
  /** Its user-data, as pasted. */
  readonly userData: string;
  /** Its one IPv4 address. */
  readonly address: string;
  /** A Debian on an ext4 file system, in a file; the machine gets a copy. */
  readonly disk: string;
  /** The programs that K3s is made of. */
  readonly parts: string;
  /** Files that only the node has, by absolute path. */
  readonly ownFiles?: ReadonlyMap<string, string>;
  /** A directory of images that K3s imports; undefined: none. */
  readonly images?: string | undefined;
  /** Where its disk and console are kept; created. */
  readonly directory: string;
  readonly world: World;
}
