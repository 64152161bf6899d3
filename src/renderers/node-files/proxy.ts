import type { NodeFile } from '../../artifacts/artifact.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { places } from '../../platform/nodes/places.ts';
import { k3sCallsOut, noProxyOf } from '../../platform/nodes/proxy/calls.ts';
import type { Platform } from '../../platform/platform.ts';
import { template } from '../template.ts';

const apt = template('node-files/templates/apt-proxy.conf.hbs');
const programs = template('node-files/templates/proxy.env.hbs');
const k3s = template('node-files/templates/k3s-proxy.env.hbs');
const certbot = template('node-files/templates/certbot-drop-in.conf.hbs');

/** Files that name a node's proxy: to apt, to certbot, copies and alerts, and to K3s or only its containerd. */
export function proxyFiles(platform: Platform, node: Node, marker: string): NodeFile[] {
  const { proxy } = node;
  if (proxy === undefined) return [];
  const file = { kind: 'text', permissions: '0644' } as const;
  const view = { marker, url: proxy.url, noProxy: noProxyOf(platform, proxy) };
  const prefix = k3sCallsOut(platform, node) ? '' : 'CONTAINERD_';
  return [
    {
      ...file,
      path: places.aptProxy,
      text: apt({ ...view, except: proxy.except.map((host) => ({ host })) }),
    },
    { ...file, path: places.proxyEnv, text: programs(view) },
    { ...file, path: places.k3sProxyEnv, text: k3s({ ...view, prefix }) },
    ...(node.nginx && platform.gateway.tls.certificate.kind === 'acme'
      ? [
          {
            kind: 'unit',
            permissions: '0644',
            path: places.certbotDropIn,
            text: certbot({ marker }),
          } as const,
        ]
      : []),
  ];
}
