import { expect, vi } from 'vitest';
import { describeGateway } from '../gateway/describe-gateway.ts';
import { startNode } from '../gateway/node.ts';
import { compiledNodes, itOnNodes } from './compiled-nodes.ts';

vi.setConfig({ testTimeout: 60_000 });

describeGateway(
  'nftables loads the firewall, and again over itself',
  () => {
    itOnNodes(compiledNodes(), async ({ files }, root) => {
      const node = await startNode(files, [], root);
      try {
        const loaded = await node.run(`nft --file /etc/fjord/firewall.nft
nft list tables
nft list ruleset >/tmp/once
nft --file /etc/fjord/firewall.nft
nft list ruleset | diff /tmp/once -`);
        expect(loaded).toEqual({ status: 0, stdout: 'table inet fjord\n', stderr: '' });
      } finally {
        await node.stop();
      }
    });
  },
  'nft',
);
