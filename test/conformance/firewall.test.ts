import { expect, it, vi } from 'vitest';
import { compiledNodes, runOnAppliedNode } from './applied-node.ts';
import { describeWithTool } from './real-tool.ts';

vi.setConfig({ testTimeout: 60_000 });

describeWithTool('unshare', 'nftables loads the firewall, and again over itself', () => {
  it.each(compiledNodes())('%s', (_, node) => {
    const run = runOnAppliedNode(
      node,
      `chroot "$node_root" nft list tables
chroot "$node_root" nft list ruleset >"$node_root/tmp/once"
chroot "$node_root" nft --file /etc/nftables.conf
chroot "$node_root" nft list ruleset | diff "$node_root/tmp/once" -
`,
    );
    expect(run).toEqual({ status: 0, stdout: 'table inet fjord\n', stderr: '' });
  });
});
