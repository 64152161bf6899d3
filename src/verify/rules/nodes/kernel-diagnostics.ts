import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';

/** What `verify` reports about the kernel settings of nodes. */
export const verifyKernelDiagnostics = {
  'verify/ports-not-reserved': define<{ name: string; ports: string }>({
    severity: 'error',
    fact: ({ name, ports }) => `on ${name}, outgoing connections can take ports of its programs: ${ports}`,
    hint: compileAgain,
    meaning:
      'net.ipv4.ip_local_port_range covers these ports, and net.ipv4.ip_local_reserved_ports does not name them.',
    example: {
      config: { kernel: "{ sysctl: { 'net.ipv4.ip_local_port_range': '1024 65000' } }" },
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: 'net.ipv4.ip_local_reserved_ports = 2379-2382,6443-6444',
        to: 'net.ipv4.ip_local_reserved_ports = 2379-2382',
      },
    },
  }),
};
