import { parseConf } from '../../../src/nginx/parse.ts';
import type { Dist, DistNode } from '../../../src/verify/dist.ts';
import { readManifest } from '../../../src/verify/read/manifest.ts';

const conf = `
upstream openfaas {
    server 127.0.0.1:8080;
}
server {
    listen 443 ssl http2;
    server_name functions.your-domain.no;
    ssl_certificate /etc/letsencrypt/live/your-domain.no/fullchain.pem;
    ssl_certificate_key /etc/letsencrypt/live/your-domain.no/privkey.pem;
    location / {
        proxy_pass http://openfaas;
        limit_req zone=one burst=20 nodelay;
    }
}
server {
    listen 80;
    listen [::]:80;
    return 301 https://$host$request_uri;
}
`;

function service(type: string): string {
  return `
apiVersion: v1
kind: Service
metadata:
  name: gateway-external
  namespace: openfaas
spec:
  type: ${type}
  selector:
    app: gateway
  ports:
    - port: 8080
      targetPort: 8080
      nodePort: 31112
`;
}

/**
 * What the usual recipe makes, as a `dist/` would say it: K3s as it comes, with Traefik and ServiceLB, the gateway as
 * arkade installs it, nginx before it on the same machine, and no packet filter.
 */
export function articleRecipe(type: 'LoadBalancer' | 'NodePort'): Dist {
  const parsed = parseConf(conf);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  const nginx = [{ path: 'nginx/openfaas.conf', statements: parsed.statements }];
  const { objects, problems } = readManifest('manifests/gateway.yaml', service(type), '1.36');
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const node: DistNode = {
    name: 'oslo-1',
    role: 'server',
    login: {},
    tokens: [],
    path: 'cloud-init/oslo-1.yaml',
    size: 1000,
    packages: ['nginx', 'curl'],
    files: new Map(),
    sysctls: {},
    k3sConfig: { 'write-kubeconfig-mode': '0644' },
    objects: [],
    nginx,
    runcmd: [['sh', '-c', 'curl -sfL https://get.k3s.io | sh -']],
  };
  return {
    lock: {
      generated: '',
      platform: 'article',
      k3s: {
        version: 'v1.36.5+k3s1',
        binarySha256: {},
        installer: { url: 'https://get.k3s.io', sha256: '' },
      },
      nodes: [
        {
          name: 'oslo-1',
          provider: 'coolvds',
          os: 'debian-12',
          arch: 'amd64',
          role: 'server',
          joins: null,
          addresses: [],
          memory: 2 * 1024 ** 3,
          cpus: 2,
          disk: null,
          sshPort: 22,
          nginx: true,
          userDataLimit: { bytes: 16_384, published: false },
        },
      ],
      gateway: {
        packages: { source: 'distribution' },
        workers: 2,
        connections: 768,
        requests: 1,
        connectionMemory: 1,
        requestMemory: 1,
        worstMemory: 1,
        memoryLimit: 1,
      },
      logs: { nginx: 1, journal: 1, containers: { size: 1024, files: 2 }, refused: 1, nodes: {} },
      openfaas: { edition: 'community', install: 'helm' },
      delivery: { mode: 'embedded' },
      functions: [],
      intent: {
        ssh: {},
        kernel: {},
        k3s: {
          hardening: 'none',
          kubeconfig: { mode: '0644', group: null },
          overlay: 'vxlan',
          downloads: '',
          mirrors: {},
        },
        gateway: { trustedProxies: null, exempt: [], admin: null },
        functions: {},
        git: null,
      },
      images: [],
      secrets: [],
      artifacts: [],
    },
    objects,
    ownObjects: [],
    resources: ['gateway.yaml'],
    nginx,
    stack: { provider: { gateway: 'https://functions.your-domain.no' }, functions: {} },
    nodes: [node],
    texts: new Map(),
  };
}
