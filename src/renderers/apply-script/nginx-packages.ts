import type { NodeFile } from '../../artifacts/artifact.ts';
import type { Node } from '../../platform/nodes/node.ts';
import { operatingSystems } from '../../platform/nodes/operating-systems.ts';
import { otherPlaces, places } from '../../platform/nodes/places.ts';
import type { Platform } from '../../platform/platform.ts';
import { shellWord } from '../shell-word.ts';
import { template } from '../template.ts';

const source = template('node-files/templates/nginx-org.sources.hbs');
const preferences = template('node-files/templates/nginx-org-preferences.hbs');
const updates = template('node-files/templates/apt-nginx-updates.conf.hbs');

/**
 * nginx.org's signing keys; the first one expires on 2027-05-24. Sources: the official nginx image
 * (github.com/nginx/docker-nginx, mainline/debian/Dockerfile, commit 14585c6f), NGINX's documentation of its agent, and
 * for the first one nginx.org/en/linux_packages.html.
 */
export const nginxOrgKeys: readonly string[] = [
  '573BFD6B3D8FBC641079A6ABABF5BD827BD9BF62',
  '8540A6F18833A80E9C1653A42FD21310B49F6B46',
  '9E9BE90EACBCDE69FE9B204CBCDCD8A38D88A2B3',
];

/** OS packages that nginx needs on a node: nginx itself, or the tools to install it from nginx.org. */
export function nginxPackages({ gateway }: Platform): string[] {
  return gateway.packages === 'distribution' ? ['nginx'] : ['gpg'];
}

/** The directory of nginx.org that has a node's packages. */
function archive({ gateway }: Platform, node: Node): string {
  const branch = gateway.packages === 'nginx.org-mainline' ? 'packages/mainline' : 'packages';
  return `${gateway.packagesFrom}/${branch}/${operatingSystems[node.os].family}`;
}

/** Files that let a node install only nginx from nginx.org. */
export function nginxPackageFiles(platform: Platform, node: Node, marker: string): NodeFile[] {
  if (platform.gateway.packages === 'distribution') return [];
  const file = { kind: 'text', permissions: '0644' } as const;
  return [
    {
      ...file,
      path: places.nginxOrgSources,
      text: source({
        marker,
        archive: archive(platform, node),
        codename: operatingSystems[node.os].codename,
        arch: node.arch,
        keyring: otherPlaces.nginxOrgKeyring,
      }),
    },
    { ...file, path: places.nginxOrgPreferences, text: preferences({ marker }) },
    { ...file, path: places.aptNginxUpdates, text: updates({ marker }) },
  ];
}

/** View for apply.sh to install from there. */
export function nginxPackageView(platform: Platform, node: Node) {
  const files = platform.functions.flatMap(({ http: { auth } }) =>
    auth?.kind === 'password' ? [auth.file] : [],
  );
  const passwords = [...new Set(files)].sort();
  return {
    keysUrl: shellWord(`${platform.gateway.packagesFrom}/keys/nginx_signing.key`),
    keys: nginxOrgKeys.join(' '),
    passwordFiles: passwords.length > 0 && passwords.map(shellWord).join(' '),
    keyring: otherPlaces.nginxOrgKeyring,
    sources: places.nginxOrgSources,
    archive: shellWord(archive(platform, node)),
    codename: operatingSystems[node.os].codename,
  };
}
