import type { Artifact } from '../artifacts/artifact.ts';
import { makeAnew, type Remember } from '../artifacts/remember.ts';
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

/**
 * All renderers. Each can use the output of those before it: apply.sh contains the manifests and the conf, user-data
 * contains apply.sh, and the lock file lists everything.
 */
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

/** Renders all files of `dist/`. */
export function render(
  platform: Platform,
  marker: string,
  remember: Remember = makeAnew,
): readonly Artifact[] {
  const artifacts: Artifact[] = [];
  for (const renderer of renderers) artifacts.push(...renderer({ platform, marker, artifacts, remember }));
  return artifacts;
}
