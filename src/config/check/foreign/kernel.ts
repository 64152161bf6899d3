import type { ConfigPath } from '../../../diagnostics/diagnostic.ts';
import type { ForeignKey } from './foreign-key.ts';

/** Keys of `kernel`, as other tools call them. */
export const foreignKernelKeys: Readonly<Record<string, ForeignKey>> = {
  'kernel.sysctls': { code: 'check/foreign-key', instead: "write sysctl: { '…': … }" },
  'kernel.modules': {
    code: 'check/not-offered',
    instead: 'remove it; the modules that settings and K3s need are loaded without being named',
  },
  'kernel.limits': {
    code: 'check/not-offered',
    instead: 'remove it; open files of nginx follow from gateway.connections, and K3s sets its own',
  },
};

/** The row for a setting that is in `kernel` itself: `kernel: { 'vm.swappiness': 10 }`. */
export function sysctlOutside(path: ConfigPath): ForeignKey | undefined {
  const [section, key] = path;
  if (path.length !== 2 || section !== 'kernel' || !/^(net|vm|kernel|fs|user)[./]/.test(String(key)))
    return undefined;
  return { code: 'check/foreign-key', instead: `write sysctl: { '${key}': … }` };
}
