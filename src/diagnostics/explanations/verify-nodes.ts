import type { verifyNodesCodes } from '../codes/verify-nodes.ts';
import type { Explanations } from './explanation.ts';

export const verifyNodesExplanations: Explanations<keyof typeof verifyNodesCodes> = {
  'verify/package-missing': {
    meaning:
      'The program is not there when the node’s script, or nginx, first wants it, and the node is not made.',
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
      'apt installs nothing at all when one of the names that it is given is unknown to it; and what is not needed is one more thing to keep safe.',
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
      'The file would be taken by the program that reads it, and the node would not do what it is for: it would not renew its certificates, or end calls that are under way.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: 'ExecStart=/usr/local/sbin/openfaas-tls issue',
        to: 'ExecStart=/usr/local/sbin/openfaas-tls renew',
      },
    },
  },
  'verify/meaning-otherwise': {
    meaning:
      'A node keeps a file whose digest has not changed, so that a comment restarts nothing. A change under an old digest would never arrive.',
    example: {
      dist: { path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply', from: 'meaning=', to: 'meaning=0' },
    },
  },
  'verify/script-of-other': {
    meaning:
      'A machine refuses the apply.sh of a platform that it is not of. With another name in it, one stage could be installed over another.',
    example: {
      dist: {
        path: 'platform.lock.json',
        from: '"platform": "functions"',
        to: '"platform": "staging"',
      },
    },
  },
  'verify/script-edited': {
    meaning:
      'A script says what it does to nobody but a shell. Of one that comes from a template of this version it is known, and tested on real nodes; of another one it is not.',
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
      'A node is made in one order: what a step needs, an earlier one has brought, checked and let in.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: 'verify "$work/install.sh" ed01f89fd977bf20ac1516bbebf8370bf3ddbaa55dac8aba610956a4c78cc00b',
        to: 'true',
      },
    },
  },
  'verify/memory-unbounded': {
    meaning:
      "One client that fills each of nginx's buffers would take the memory of the whole node, and K3s and the functions with it. What the conf allows fits in what systemd lets nginx have.",
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: 'proxy_buffers 8 16k',
        to: 'proxy_buffers 1024 16k',
      },
    },
  },
  'verify/lock-differs': {
    meaning:
      'The lock file is what people and tools read to know what runs; it must not say otherwise than the files.',
    example: {
      dist: { path: 'platform.lock.json', from: '"openfaas/gateway"', to: '"openfaas/prometheus"' },
    },
  },
};
