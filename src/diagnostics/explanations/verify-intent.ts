import type { verifyIntentCodes } from '../codes/verify-intent.ts';
import type { Explanations } from './explanation.ts';

export const verifyIntentExplanations: Explanations<keyof typeof verifyIntentCodes> = {
  'verify/leads-elsewhere': {
    meaning:
      "Behind the gateway's address are its administration, its metrics and every function. A location or a Service that leads past its own function opens one of these to whoever asks.",
    example: {
      dist: {
        path: 'manifests/60-functions.yaml',
        from: '  selector:\n    faas_function: pay\n  type',
        to: '  selector:\n    faas_function: other\n  type',
      },
    },
  },
  'verify/not-as-meant': {
    meaning:
      'Another config could say this, so the file alone is not wrong. But this config did not: the lock file has what it said of logins, networks, guards, mirrors and kernel settings.',
    example: {
      dist: { path: 'platform.lock.json', from: '"hardening": "none"', to: '"hardening": "cis"' },
    },
  },
  'verify/object-not-ours': {
    meaning:
      'A kind, a namespace or a field that Fjord never emits can give rights in the cluster, open a way in, or have a controller act. So there are none but those that it emits.',
    example: {
      dist: {
        path: 'manifests/50-gateway.yaml',
        from: 'kind: Service\nmetadata:\n',
        to: 'kind: Service\nmetadata:\n  finalizers:\n    - example.com/never\n',
      },
    },
  },
};
