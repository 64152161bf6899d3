import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { compiledNodeFiles, type NodeFile } from './node-files.ts';
import { startGatewayOf } from './running-gateway.ts';

vi.setConfig({ testTimeout: 300_000 });

const kib = 1024;
const logs = '/var/log/nginx';
/** Of the size of a test: what is emitted is for gigabytes. */
const rotateAt = 32 * kib;
const keep = 256 * kib;
/** What is written between two looks here: 300 lines of a kilobyte at the most. */
const growth = 300 * kib;

/** The emitted files, with smaller numbers. */
function smaller(file: NodeFile): NodeFile {
  if (file.path === '/etc/logrotate.d/nginx')
    return { ...file, text: file.text.replace(/size \d+/, `size ${rotateAt}`) };
  if (file.path === '/usr/local/sbin/fjord-logs')
    return { ...file, text: file.text.replace(/keep=\d+/, `keep=${keep}`) };
  return file;
}

function bytesIn(directory: string): number {
  return readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
}

describeGateway(
  'a flood of calls',
  () => {
    it('leaves no more in /var/log/nginx than it may, and the newest of it', async () => {
      const gateway = await startGatewayOf(compiledNodeFiles(gatewayPlatform).map(smaller));
      const directory = gateway.node.file(logs);
      const command = /^ExecStart=(.+)$/m.exec(
        compiledNodeFiles(gatewayPlatform).find(({ path }) => path.endsWith('/fjord-logs.service'))?.text ??
          '',
      )?.[1];
      expect(command).toBe('/usr/local/sbin/fjord-logs');
      const url = `https://${gateway.domain}/function/echo/${'a'.repeat(230)}`;
      let [most, written] = [0, 0];
      for (let look = 0; look < 12; look++) {
        await gateway.curl('--output', '/dev/null', '--user-agent', 'a'.repeat(100), `${url}?[1-200]`);
        // The workers write what they have kept back. The timer never looks twice in one second, which is in the names.
        await gateway.node.run('kill -USR1 "$(cat /run/nginx.pid)"; sleep 1.1');
        written += 200;
        most = Math.max(most, bytesIn(directory));
        expect(await gateway.node.run(command ?? '')).toMatchObject({ status: 0, stderr: '' });
        expect(bytesIn(directory)).toBeLessThanOrEqual(keep);
      }
      const names = readdirSync(directory);
      await gateway.ask('/function/echo?last');
      const { stdout } = await gateway.node.run(
        `kill -HUP "$(cat /run/nginx.pid)"; sleep 6; tail -n 1 ${logs}/openfaas.access.log`,
      );
      await gateway.stop();
      expect(written).toBe(2400);
      expect(most).toBeLessThanOrEqual(keep + growth);
      expect(names.filter((name) => name.endsWith('.gz')).length).toBeGreaterThan(2);
      // nginx goes on in the file that is new.
      expect(stdout).toContain('"uri":"/function/echo"');
    });
  },
  'logrotate',
);
