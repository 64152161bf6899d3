/** What the kubelet wants the kernel to be when it protects its defaults; it does not start otherwise. */
export const kubeletSysctls: Readonly<Record<string, string>> = {
  'kernel.panic': '10',
  'kernel.panic_on_oops': '1',
  'vm.overcommit_memory': '1',
  'vm.panic_on_oom': '0',
};
