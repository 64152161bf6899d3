import reference from '../../platform.config.ts';
import type { Artifact } from '../../src/artifacts/artifact.ts';
import { compileConfig } from '../../src/compile.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { type NodeFile, nodeFilesOf } from '../gateway/node-files.ts';
import { installerSha256, installerUrl, releasesUrl } from './stand-in-server.ts';

/** What a platform's first node is booted with. */
export interface BootedNode {
  readonly name: string;
  readonly domain: string;
  readonly userData: string;
  readonly applyScript: string;
  readonly artifacts: readonly Artifact[];
  /** What the script puts on the node. */
  readonly files: readonly NodeFile[];
}

/** The reference platform, but for where K3s comes from, with changes on top. */
export function bootPlatform(
  change: (config: PlatformConfig) => PlatformConfig = (config) => config,
): BootedNode {
  const k3s = {
    ...reference.k3s,
    // Of this release Fjord knows no hash, so the node asks for the list that comes with it.
    version: 'v1.36.3+k3s1' as const,
    downloadFrom: releasesUrl,
    // The image has one of its own that nobody answers at.
    resolvers: ['192.0.2.53'],
    installer: { url: installerUrl, sha256: installerSha256() },
  };
  const config = change({ ...reference, k3s });
  const { artifacts, diagnostics } = compileConfig(config, 'platform.config.ts');
  if (hasErrors(diagnostics)) throw new Error(JSON.stringify(diagnostics, undefined, 2));
  const [name = ''] = Object.keys(config.nodes);
  const text = (path: string) => artifacts.find((artifact) => artifact.path === path)?.text ?? '';
  const applyScript = text(`nodes/${name}/apply.sh`);
  const userData = text(`cloud-init/${name}.yaml`);
  return {
    name,
    domain: config.domain,
    userData,
    applyScript,
    artifacts,
    files: nodeFilesOf(applyScript),
  };
}
