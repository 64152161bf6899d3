import { define } from '../definition.ts';

const list = (words: readonly string[]): string => words.join(', ');

export const k3sCodes = {
  'resolve/k3s-behind': define<{ version: string; newest: string }>({
    severity: 'warning',
    fact: ({ version, newest }) => `${version} is older than ${newest}, which has its later security fixes`,
    hint: ({ newest }) => `write version: '${newest}'`,
  }),
  'resolve/k3s-minor-unknown': define<{ version: string; minors: readonly string[] }>({
    severity: 'error',
    fact: ({ version, minors }) =>
      `'${version}' is of no Kubernetes version that Fjord knows (${list(minors)})`,
    hint: () => 'choose one of those, or use a newer Fjord',
  }),
  'resolve/kubeconfig-readable': define({
    severity: 'warning',
    fact: () =>
      "with mode '0644' each user and each hacked service of the node can read the kubeconfig, and so become cluster-admin, which is root",
    hint: () => "leave it out ('0600') and read it with sudo",
  }),
  'resolve/ranges-overlap': define<{ pods: string; services: string }>({
    severity: 'error',
    fact: ({ pods, services }) => `the ranges of pods (${pods}) and of Services (${services}) overlap`,
    hint: () => 'make them two separate ranges',
  }),
};
