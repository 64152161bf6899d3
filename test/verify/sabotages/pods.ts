import { refused } from './brief.ts';
import type { Edit, SabotagesOfKind } from './sabotage.ts';

const functions = 'manifests/60-functions.yaml';
const gateway = 'manifests/50-gateway.yaml';
/** In the container of the first function. */
const inContainer = (put: string): Edit => ({
  file: functions,
  find: '          imagePullPolicy: IfNotPresent\n',
  put: `          imagePullPolicy: IfNotPresent\n${put}`,
});
/** In the pod of the first function. */
const inPod = (put: string): Edit => ({
  file: functions,
  find: '      enableServiceLinks: false\n',
  put: `      enableServiceLinks: false\n${put}`,
});
const hardened =
  '          securityContext:\n            allowPrivilegeEscalation: false\n            capabilities:\n              drop:\n                - ALL\n            readOnlyRootFilesystem: true\n';
const job = (name: string, rest: string): Edit => ({
  file: functions,
  put: `---\napiVersion: batch/v1\nkind: Job\nmetadata:\n  name: ${name}\n  namespace: openfaas-fn\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      automountServiceAccountToken: false\n${rest}`,
});

/** What runs in a pod, and with what. */
export const pods: SabotagesOfKind = [
  refused(
    "a function's container runs another command",
    'verify/function-setting-wrong',
    inContainer('          command: ["/bin/sh", "-c", "id"]\n'),
  ),
  refused(
    "a function's container has arguments",
    'verify/function-setting-wrong',
    inContainer('          args: ["--admin"]\n'),
  ),
  refused(
    'a command when a container starts',
    'verify/schema',
    inContainer(
      '          lifecycle:\n            postStart:\n              exec:\n                command: [id]\n',
    ),
  ),
  refused(
    'a command when a container stops',
    'verify/schema',
    inContainer(
      '          lifecycle:\n            preStop:\n              exec:\n                command: [id]\n',
    ),
  ),
  refused('a probe that is a command', 'verify/workload-incomplete', {
    file: functions,
    find: '            httpGet:\n              path: /_/health\n              port: 8080\n',
    put: '            exec:\n              command: [id]\n',
  }),
  refused('a probe of another machine', 'verify/workload-incomplete', {
    file: functions,
    find: '              path: /_/health\n              port: 8080\n',
    put: '              path: /_/health\n              port: 8080\n              host: 169.254.169.254\n',
  }),
  refused(
    'a container before the function',
    'verify/workload-incomplete',
    inPod(`      initContainers:\n        - name: first\n          image: example.com/evil:1\n${hardened}`),
  ),
  refused('a sidecar beside the function', 'verify/function-setting-wrong', {
    file: functions,
    find: '      enableServiceLinks: false\n',
    put: `        - name: beside\n          image: ghcr.io/nordpay/export-ledger:1.1.0\n          imagePullPolicy: IfNotPresent\n          resources:\n            limits: { ephemeral-storage: "1Gi", memory: "1Gi" }\n            requests: { cpu: "50m", ephemeral-storage: "16Mi", memory: "256Mi" }\n${hardened}      enableServiceLinks: false\n`,
  }),
  refused('a sidecar beside the gateway', 'verify/part-misconfigured', {
    file: gateway,
    find: '      enableServiceLinks: false\n',
    put: `        - name: beside\n          image: ghcr.io/openfaas/gateway:0.27.13\n          imagePullPolicy: IfNotPresent\n          resources:\n            limits: { ephemeral-storage: "1Gi", memory: "1Gi" }\n            requests: { cpu: "50m", ephemeral-storage: "16Mi", memory: "256Mi" }\n${hardened}      enableServiceLinks: false\n`,
  }),
  refused('a directory of the node', 'verify/workload-incomplete', {
    file: functions,
    find: '          emptyDir: {}\n',
    put: '          hostPath:\n            path: /\n',
  }),
  refused('a volume of another kind', 'verify/workload-incomplete', {
    file: functions,
    find: '          emptyDir: {}\n',
    put: '          ephemeral:\n            volumeClaimTemplate:\n              spec:\n                accessModes: [ReadWriteOnce]\n                resources: { requests: { storage: 1Gi } }\n',
  }),
  refused('a volume by a driver of storage', 'verify/workload-incomplete', {
    file: functions,
    find: '          emptyDir: {}\n',
    put: '          csi:\n            driver: example.com\n',
  }),
  refused('the network of the node', 'verify/exposed', inPod('      hostNetwork: true\n')),
  refused('the processes of the node', 'verify/workload-incomplete', inPod('      hostPID: true\n')),
  refused(
    'a name for an address',
    'verify/workload-incomplete',
    inPod(
      '      hostAliases:\n        - ip: 203.0.113.66\n          hostnames: [gateway.openfaas.svc.cluster.local]\n',
    ),
  ),
  refused(
    'another DNS',
    'verify/workload-incomplete',
    inPod('      dnsPolicy: None\n      dnsConfig:\n        nameservers: [203.0.113.66]\n'),
  ),
  refused('a node by its name', 'verify/workload-incomplete', inPod('      nodeName: oslo-1\n')),
  refused('a class of runtime', 'verify/workload-incomplete', inPod('      runtimeClassName: none\n')),
  refused(
    'a pod that may be anywhere',
    'verify/workload-incomplete',
    inPod('      tolerations:\n        - operator: Exists\n'),
  ),
  refused(
    'a pod that shares its processes',
    'verify/workload-incomplete',
    inPod('      shareProcessNamespace: true\n'),
  ),
  refused(
    'a pod of highest priority',
    'verify/workload-incomplete',
    inPod('      priorityClassName: system-node-critical\n'),
  ),
  refused('a port of the node', 'verify/exposed', {
    file: functions,
    find: '              containerPort: 8080\n',
    put: '              containerPort: 8080\n              hostPort: 8080\n',
  }),
  refused('a capability', 'verify/workload-incomplete', {
    file: functions,
    find: '              drop:\n                - ALL\n',
    put: '              drop:\n                - ALL\n              add:\n                - NET_BIND_SERVICE\n',
  }),
  refused('no profile of system calls', 'verify/workload-incomplete', {
    file: functions,
    find: 'type: RuntimeDefault',
    put: 'type: Unconfined',
  }),
  refused(
    "variables of a Secret that is OpenFaaS' own",
    'verify/workload-incomplete',
    inContainer('          envFrom:\n            - secretRef:\n                name: basic-auth\n'),
  ),
  refused('a variable that says which library to load first', 'verify/stack-differs', {
    file: functions,
    find: '            - name: exec_timeout\n',
    put: "            - name: LD_PRELOAD\n              valueFrom:\n                fieldRef:\n                  fieldPath: metadata.annotations['lib']\n            - name: exec_timeout\n",
  }),
  refused("a function mounts the gateway's password", 'verify/volume-not-mounted', {
    file: functions,
    find: '          emptyDir: {}\n',
    put: '          emptyDir: {}\n        - name: auth\n          secret:\n            secretName: basic-auth\n',
  }),
  refused(
    'a Job that runs once',
    'verify/object-not-ours',
    job(
      'once',
      `      containers:\n        - name: once\n          image: ghcr.io/nordpay/export-ledger:1.1.0\n${hardened}`,
    ),
  ),
  refused('a bare Pod', 'verify/schema', {
    file: functions,
    put: `---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: bare\n  namespace: kube-system\nspec:\n  hostNetwork: true\n  containers:\n    - name: bare\n      image: example.com/evil:1\n      securityContext:\n        privileged: true\n`,
  }),
  refused('a DaemonSet on every node', 'verify/object-not-ours', {
    file: functions,
    put: `---\napiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: everywhere\n  namespace: kube-system\nspec:\n  selector:\n    matchLabels: { app: everywhere }\n  template:\n    metadata:\n      labels: { app: everywhere }\n    spec:\n      hostPID: true\n      containers:\n        - name: everywhere\n          image: example.com/evil:1\n          securityContext:\n            privileged: true\n`,
  }),
  refused('a StatefulSet with a disk', 'verify/object-not-ours', {
    file: functions,
    put: `---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: state\n  namespace: kube-system\nspec:\n  serviceName: state\n  selector:\n    matchLabels: { app: state }\n  template:\n    metadata:\n      labels: { app: state }\n    spec:\n      containers:\n        - name: state\n          image: ghcr.io/nordpay/export-ledger:1.1.0\n`,
  }),
  refused('the gateway takes any password', 'verify/part-misconfigured', {
    file: gateway,
    find: 'name: basic_auth\n              value: "true"',
    put: 'name: basic_auth\n              value: "false"',
  }),
  refused('the gateway asks elsewhere who may', 'verify/part-misconfigured', {
    file: gateway,
    find: '            - name: basic_auth\n',
    put: '            - name: auth_proxy_url\n              value: http://203.0.113.66/\n            - name: basic_auth\n',
  }),
  refused('the gateway sends calls to another provider', 'verify/part-misconfigured', {
    file: gateway,
    find: 'http://127.0.0.1:8081/',
    put: 'http://203.0.113.66:8081/',
  }),
  refused('the provider makes functions of another namespace', 'verify/part-misconfigured', {
    file: gateway,
    find: '            - name: set_nonroot_user\n',
    put: '            - name: cluster_role\n              value: "true"\n            - name: set_nonroot_user\n',
  }),
  refused('the provider lets functions run as root', 'verify/part-misconfigured', {
    file: gateway,
    find: 'name: set_nonroot_user\n              value: "true"',
    put: 'name: set_nonroot_user\n              value: "false"',
  }),
  refused('Prometheus lets its data be deleted', 'verify/part-misconfigured', {
    file: 'manifests/20-prometheus.yaml',
    find: '            - "--storage.tsdb.retention.time=15d"\n',
    put: '            - "--storage.tsdb.retention.time=15d"\n            - "--web.enable-admin-api"\n',
  }),
  refused('Alertmanager tells a stranger', 'verify/call-undeclared', {
    file: 'manifests/30-alertmanager.yaml',
    find: 'http://gateway.openfaas:8080/system/alert',
    put: 'http://203.0.113.66/alert',
  }),
  {
    ...refused('a function runs another command than the lock file has', 'verify/function-setting-wrong', {
      file: 'manifests/60-functions.yaml',
      find: '- /usr/bin/fwatchdog',
      put: '- /bin/sh',
    }),
    of: 'every-option',
  },
];
