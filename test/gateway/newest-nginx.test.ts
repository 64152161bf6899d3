import { expect, vi } from 'vitest';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { itOnNewestNginx } from '../conformance/compiled-nodes.ts';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { compiledNodeFiles } from './node-files.ts';
import { startGatewayOf } from './running-gateway.ts';

vi.setConfig({ testTimeout: 120_000 });

const origin = 'https://shop.example.no';
const platform: PlatformConfig = {
  ...gatewayPlatform,
  functions: {
    echo: { image: 'ghcr.io/example/stub:1', http: { cors: { origins: [origin] } } },
    few: { image: 'ghcr.io/example/stub:1', http: { rateLimit: { rate: '1r/m', burst: 0 } } },
  },
  gateway: { ...gatewayPlatform.gateway, packages: 'nginx.org-stable', tls: { http3: true } },
};

describeGateway("what only nginx.org's nginx is told", () => {
  itOnNewestNginx(
    'headers of every answer are inherited, and too many of a request refused',
    async (root) => {
      const files = compiledNodeFiles(platform);
      const conf = files.find(({ path }) => path.endsWith('/openfaas.conf'))?.text ?? '';
      expect(conf.match(/add_header Strict-Transport-Security /g)).toHaveLength(1);
      const gateway = await startGatewayOf(files, root);
      try {
        expect(await gateway.node.run('nginx -t -q')).toEqual({ status: 0, stdout: '', stderr: '' });
        await gateway.ask('/function/few');
        const answers = {
          plain: await gateway.ask('/function/echo'),
          'past the limit': await gateway.ask('/function/few'),
          preflight: await gateway.ask({ path: '/function/echo', method: 'OPTIONS', headers: { origin } }),
          'not there': await gateway.ask('/nothing'),
        };
        const statuses = Object.values(answers).map(({ status }) => status);
        expect(statuses).toEqual([200, 429, 204, 404]);
        for (const [which, { headers }] of Object.entries(answers)) {
          expect([which, headers]).toMatchObject([
            which,
            { 'strict-transport-security': 'max-age=63072000', 'alt-svc': 'h3=":443"; ma=86400' },
          ]);
        }
        expect(answers['past the limit'].headers['retry-after']).toBe('60');
        expect(answers.preflight.headers).toMatchObject({
          'access-control-allow-origin': origin,
          vary: 'Origin',
        });

        const headers = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`x-${index}`, 'x']));
        expect(await gateway.ask({ path: '/function/echo', headers })).toMatchObject({ status: 400 });
        await gateway.arrived();
        for (let count = 0; count < 20; count++) await gateway.ask({ path: '/function/echo', keep: true });
        expect(new Set((await gateway.arrived()).map(({ connection }) => connection)).size).toBe(1);
      } finally {
        await gateway.stop();
      }
    },
  );
});
