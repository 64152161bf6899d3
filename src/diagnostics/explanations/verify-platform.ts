import type { platformCodes } from '../codes/verify-platform.ts';
import type { Explanations } from './explanation.ts';

export const verifyPlatformExplanations: Explanations<keyof typeof platformCodes> = {
  'verify/function-unconfined': {
    meaning:
      'An attacker who takes over a function could read the user-data of its machine, or talk to Kubernetes, and from there take over the platform.',
    example: {
      dist: { path: 'manifests/10-network-policies.yaml', from: '169.254.0.0/16', to: '192.0.2.0/24' },
    },
  },
  'verify/namespace-lax': {
    meaning: "Kubernetes would start pods there that run as root or share their node's network.",
    example: {
      dist: {
        path: 'manifests/00-namespaces.yaml',
        from: 'enforce: restricted',
        to: 'enforce: privileged',
      },
    },
  },
  'verify/pod-not-admitted': {
    meaning: 'The Deployment would exist, but never get a pod.',
    example: {
      dist: {
        path: 'manifests/60-functions.yaml',
        from: 'allowPrivilegeEscalation: false',
        to: 'allowPrivilegeEscalation: true',
      },
    },
  },
  'verify/object-twice': {
    meaning: 'Which of the two counts depends on who applies them, and when.',
    example: {
      dist: {
        path: 'manifests/10-network-policies.yaml',
        from: 'name: prometheus\n  namespace: openfaas',
        to: 'name: gateway\n  namespace: openfaas',
      },
    },
  },
  'verify/reference-missing': {
    meaning: 'Kubernetes refuses the object, or accepts it and never starts what it is for.',
    example: {
      dist: {
        path: 'manifests/50-gateway.yaml',
        from: 'serviceAccountName: openfaas-controller',
        to: 'serviceAccountName: another',
      },
    },
  },
  'verify/address-unfit': {
    meaning:
      'nginx sends calls to this address for good. Kubernetes refuses an address outside its range, and may have given one beyond the reserved first part to another Service.',
    example: {
      dist: {
        path: 'manifests/50-gateway.yaml',
        from: 'clusterIP: "10.43.0.80"',
        to: 'clusterIP: "10.43.9.80"',
      },
    },
  },
  'verify/registry-not-allowed': {
    meaning:
      'The config says where images may come from, but these manifests or the mirrors of this node use another place.',
    example: {
      config: { k3s: "{ allowedRegistries: ['ghcr.io', 'docker.io'] }" },
      dist: { path: 'stack.yaml', from: 'ghcr.io/acme/pay:1', to: 'registry.example.com/pay:1' },
    },
  },
  'verify/secret-in-dist': {
    meaning:
      "Anyone who can read the repository, the provider's console or the machine's metadata would have it.",
    example: {
      config: {
        functions:
          "{ figlet: { image: 'ghcr.io/openfaas/figlet:0.3.0', annotations: { database: 'postgres://shop:hunter2@db.example.no/shop' } } }",
      },
    },
  },
  'verify/limits-out-of-order': {
    meaning: 'The part with the smaller limit turns callers away while the others still have room.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: 'keepalive 256;',
        to: 'keepalive 100000;',
      },
    },
  },
  'verify/certificate-not-made': {
    meaning: 'nginx does not start if one of the certificates that it names is missing.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: 'privkey.pem;',
        to: 'key.pem;',
      },
    },
  },
};
