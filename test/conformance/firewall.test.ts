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
        // Other tables stay, and our own is never missing.
        const again = await node.run(`nft add table ip kube_proxy
for times in {1..50}; do nft --file /etc/fjord/firewall.nft; done &
while kill -0 $! 2>/dev/null; do [[ $(nft list ruleset) = *'hook forward'*'policy drop'* ]] || echo missing; done
nft list tables | sort`);
        expect(again).toEqual({
          status: 0,
          stdout: 'table inet fjord\ntable ip kube_proxy\n',
          stderr: '',
        });
      } finally {
        await node.stop();
      }
    });
  },
  'nft',
);
