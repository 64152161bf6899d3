import { expect, vi } from 'vitest';
import { describeGateway } from '../gateway/describe-gateway.ts';
import { confOf } from '../gateway/node-files.ts';
import { startGatewayNode } from '../gateway/running-gateway.ts';
import { compiledNodes, itOnNodes, rootOfNginx } from './compiled-nodes.ts';

vi.setConfig({ testTimeout: 60_000 });

const nodes = compiledNodes().filter(([, { files }]) =>
  files.some(({ path }) => path.startsWith('/etc/nginx/')),
);

describeGateway("nginx of the node's own OS starts with its conf and has no warning for it", () => {
  itOnNodes(
    nodes,
    async ({ files }, root) => {
      const { node, domain } = await startGatewayNode(files, root);
      try {
        expect(await node.run('nginx -t -q')).toEqual({ status: 0, stdout: '', stderr: '' });
        // As a load balancer, where nginx waits for one.
        const asProxy = confOf(files).includes('proxy_protocol') ? ['--haproxy-protocol'] : [];
        // As one that ends TLS: it speaks HTTP, and says by a header that its client used TLS.
        const ends = confOf(files).includes('$openfaas_stranger');
        const code = async (asked: string) => {
          const decrypted =
            ends && asked.startsWith('https:') ? ['--header', 'X-Forwarded-Proto: https'] : [];
          const url = ends ? asked.replace('https:', 'http:') : asked;
          // All that is asked is counted, and the least that a case allows is five a second without a burst.
          await new Promise((resolve) => setTimeout(resolve, 250));
          return (await node.runInNetwork('curl', [...request, ...asProxy, ...decrypted, url])).stdout;
        };
        expect({
          declared: await code(`https://${domain}/healthz`),
          undeclared: await code(`https://${domain}/function`),
          administration: ['403 ', '404 '].includes(await code(`https://${domain}/system/functions`)),
          plain: await code(`http://${domain}/a?b`),
          'another name': await code('https://another.example/'),
        }).toEqual({
          // Nothing is behind it.
          declared: '502 ',
          undeclared: '404 ',
          administration: true,
          plain: `308 https://${domain}/a?b`,
          'another name': '000 ',
        });
      } finally {
        await node.stop();
      }
    },
    rootOfNginx,
  );
});

/** Any name is found at the node, and any certificate taken. */
const request = [
  ...['--silent', '--insecure', '--max-time', '20', '--output', '/dev/null'],
  ...['--write-out', '%{http_code} %{redirect_url}'],
  ...['--resolve', '*:443:127.0.0.1', '--resolve', '*:80:127.0.0.1'],
];
