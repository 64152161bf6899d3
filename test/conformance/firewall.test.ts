import { expect, it, vi } from 'vitest';
import { describeGateway } from '../gateway/describe-gateway.ts';
import { startNode } from '../gateway/node.ts';
import { compiledNodes, rootOf } from './compiled-nodes.ts';

vi.setConfig({ testTimeout: 60_000 });

describeGateway(
  'nftables loads the firewall, and again over itself',
  () => {
    it.each(compiledNodes())('%s', async (_, compiled) => {
      const node = await startNode(compiled.files, [], rootOf(compiled));
      try {
        const loaded = await node.run(`nft --file /etc/nftables.conf
nft list tables
nft list ruleset >/tmp/once
nft --file /etc/nftables.conf
nft list ruleset | diff /tmp/once -`);
        expect(loaded).toEqual({ status: 0, stdout: 'table inet fjord\n', stderr: '' });
      } finally {
        await node.stop();
      }
    });
  },
  'nft',
);
