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
    meaning: 'People and tools read the lock file to know what runs, so it must agree with the files.',
    example: {
      dist: { path: 'platform.lock.json', from: '"openfaas/gateway"', to: '"openfaas/prometheus"' },
    },
  },
};
