import type { Architecture, NodeRole, OperatingSystem, ProviderName } from '../config/node-config.ts';

/** One machine. */
export interface Node {
  readonly name: string;
  readonly provider: ProviderName;
  /** Bytes of user-data that the provider takes, and whether it says so itself or that is only assumed. */
  readonly userDataLimit: { readonly bytes: number; readonly published: boolean };
  readonly os: OperatingSystem;
  readonly arch: Architecture;
  readonly role: NodeRole;
  readonly sshPort: number;
  /** In the order of the drop-in. */
  readonly sysctls: readonly Sysctl[];
}

/** One line of the drop-in, or the reason why a key of the profile is left alone on this OS. */
export interface Sysctl {
  readonly key: string;
  /** Undefined when the OS's own value is kept. */
  readonly value: string | undefined;
  readonly reason: string;
}
