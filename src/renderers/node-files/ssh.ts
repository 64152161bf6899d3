import type { NodeFile } from '../../artifacts/artifact.ts';
import type { Node } from '../../platform/nodes/node.ts';

const sshDropIn = '/etc/ssh/sshd_config.d/10-fjord.conf';

/** sshd's drop-in: another port, and no passwords once there are keys, so that nobody is locked out. */
export function sshFiles(node: Node, marker: string): NodeFile[] {
  const settings = [
    ...(node.sshPort === 22 ? [] : [`Port ${node.sshPort}`]),
    ...(node.ssh === undefined
      ? []
      : [
          'PasswordAuthentication no',
          'KbdInteractiveAuthentication no',
          'PermitRootLogin prohibit-password',
          'MaxAuthTries 4',
          'X11Forwarding no',
        ]),
  ];
  if (settings.length === 0) return [];
  return [
    { path: sshDropIn, kind: 'text', text: `# ${marker}\n${settings.join('\n')}\n`, permissions: '0644' },
  ];
}
