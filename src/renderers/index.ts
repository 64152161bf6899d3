import type { Artifact } from '../artifacts/artifact.ts';
import type { Platform } from '../platform/platform.ts';
import { renderApplyScripts } from './apply-script/apply-script.ts';
import { renderLock } from './lock.ts';
import { renderGitOps } from './manifests/gitops.ts';
import { renderKustomization } from './manifests/kustomization.ts';
import { renderManifests } from './manifests/manifests.ts';
import { renderNginx } from './nginx/nginx.ts';
import type { Renderer } from './renderer.ts';
import { renderStack } from './stack.ts';
import { renderUserData } from './user-data/user-data.ts';

/** Every renderer. One may use what those before it made: apply.sh carries manifests and the conf, user-data carries apply.sh, the lock lists everything. */
const renderers: readonly Renderer[] = [
  renderManifests,
  renderGitOps,
  renderKustomization,
  renderNginx,
  renderStack,
  renderApplyScripts,
  renderUserData,
  renderLock,
];

/** Everything that `dist/` will hold. */
export function render(platform: Platform, marker: string): readonly Artifact[] {
  const artifacts: Artifact[] = [];
  for (const renderer of renderers) artifacts.push(...renderer({ platform, marker, artifacts }));
  return artifacts;
}
