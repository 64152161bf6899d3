import type { verifyNodesCodes } from '../codes/verify-nodes.ts';
import type { Explanations } from './explanation.ts';

export const verifyNodesExplanations: Explanations<keyof typeof verifyNodesCodes> = {
  'verify/package-missing': {
    meaning:
      "The program is not there when the node's script or nginx first needs it, so the node is not set up.",
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: ' nginx openssl',
        to: ' openssl',
      },
    },
  },
  'verify/package-unknown': {
    meaning:
      'apt installs nothing at all if it does not know one of the names. A package that nothing needs is also one more thing to keep safe.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: ' nginx openssl',
        to: ' nginx openssl telnetd',
      },
    },
  },
  'verify/node-file-wrong': {
    meaning:
      'The program that reads the file would accept it, but the node would not do its work: it would not renew certificates, or it would cut off calls.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: 'ExecStart=/usr/local/sbin/openfaas-tls issue',
        to: 'ExecStart=/usr/local/sbin/openfaas-tls renew',
      },
    },
  },
  'verify/script-edited': {
    meaning:
      'Nobody can tell from a script alone what it does. A script from a template of this version is tested on real nodes; an edited one is not.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: 'sysctl --quiet --load=',
        to: 'sysctl --quiet --ignore --load=',
      },
    },
  },
  'verify/step-missing': {
    meaning:
      'A node is set up in one order: what a step needs, an earlier step has installed, checked and let in.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: 'verify "$work/install.sh" ed01f89fd977bf20ac1516bbebf8370bf3ddbaa55dac8aba610956a4c78cc00b',
        to: 'true',
      },
    },
  },
  'verify/lock-differs': {
    meaning: 'People and tools read the lock file to know what runs, so it must agree with the files.',
    example: {
      dist: { path: 'platform.lock.json', from: '"openfaas/gateway"', to: '"openfaas/prometheus"' },
    },
  },
};
