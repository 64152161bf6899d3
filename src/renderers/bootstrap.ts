import type { NodeFile } from '../artifacts/artifact.ts';
import { basicAuthSecret } from '../constructs/basic-auth.ts';
import type { Node } from '../platform/node.ts';
import type { Platform } from '../platform/platform.ts';
import { shellWord } from './shell-word.ts';
import { template } from './template.ts';

export const bootstrapPath = '/usr/local/sbin/fjord-bootstrap';

const print = template('bootstrap.sh.hbs');

/** The script that does everything on a node, at first boot and again whenever it is run. */
export function bootstrapFile(platform: Platform, node: Node, marker: string): NodeFile {
  const { k3s, openfaas } = platform;
  // A + in a version must be encoded in the path of a release.
  const release = `${k3s.downloadFrom}/${encodeURIComponent(k3s.version)}`;
  const text = print({
    marker,
    sysctlFile: '/etc/sysctl.d/99-serverless.conf',
    k3sVersion: k3s.version,
    k3sVersionQuoted: shellWord(k3s.version),
    binaryUrl: shellWord(`${release}/${node.arch === 'amd64' ? 'k3s' : `k3s-${node.arch}`}`),
    checksumsUrl: shellWord(`${release}/sha256sum-${node.arch}.txt`),
    binarySha256: k3s.binarySha256[node.arch] ?? false,
    installerUrl: shellWord(k3s.installer.url),
    installerSha256: shellWord(k3s.installer.sha256),
    namespace: shellWord(openfaas.namespace),
    basicAuthSecret: shellWord(basicAuthSecret),
  });
  return { path: bootstrapPath, kind: 'script', text, permissions: '0700', defer: false };
}
