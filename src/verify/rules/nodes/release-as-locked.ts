import { report } from '../../../diagnostics/report.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { DistNode, Lock } from '../../dist.ts';
import type { Rule } from '../rule.ts';

const checks = ['verify', 'verify_listed'];
/** Only compared with, or held against fingerprints that `nginxFromOnePlace` knows. */
const selfChecked = ['work/sums', 'work/keys'];

/**
 * A node installs the K3s that the lock file names, fetches it from where the lock file says, and runs nothing that it
 * has fetched before it has held it against the lock file's hash.
 */
export const releaseAsLocked: Rule = {
  name: 'release-as-locked',
  harm: 'ownership',
  loss: 'A node would run, as root, a program that nobody has chosen or checked.',
  check: ({ nodes, lock }) =>
    nodes.flatMap((node) => {
      const script = node.files.get(places.applyScript)?.text ?? '';
      const artifact = { path: `${node.path}#${places.applyScript}` };
      return [
        ...unchecked(script).map((file) =>
          report('verify/download-unchecked', [], { node: node.name, file }, { artifact }),
        ),
        ...unlocked(script, node, lock).map((locked) =>
          report('verify/release-not-locked', [], { node: node.name, locked }, { artifact }),
        ),
        ...urlsIn(script)
          .filter((url) => !isFromMeant(url, lock))
          .map((url) => report('verify/download-elsewhere', [], { node: node.name, url }, { artifact })),
      ];
    }),
};

/** What is fetched, and no line checks. */
function unchecked(script: string): string[] {
  return [...script.matchAll(/^ *fetch \S+ "\$(\w[\w./]*)"$/gm)]
    .map(([, file = '']) => file)
    .filter((file) => !selfChecked.includes(file))
    .filter((file) => !checks.some((check) => script.includes(`${check} "$${file}" `)))
    .map((file) => file.replace(/^work\//, ''));
}

/** What the lock file names of the release, and the script does not say. */
function unlocked(script: string, { name }: DistNode, { k3s, nodes }: Lock): string[] {
  const arch = nodes.find((node) => node.name === name)?.arch ?? 'amd64';
  const binary = k3s.binarySha256[arch];
  const said: readonly (readonly [locked: string, line: string])[] = [
    [`K3s ${k3s.version}`, `!= ${k3s.version} ]`],
    [`the installer ${k3s.installer.sha256}`, `verify "$work/install.sh" ${k3s.installer.sha256}\n`],
    binary
      ? [`the binary ${binary}`, `verify "$work/k3s" ${binary}\n`]
      : ["the release's own list", `verify_listed "$work/k3s" ${arch === 'amd64' ? 'k3s' : `k3s-${arch}`}\n`],
  ];
  const installer = urlsIn(script).includes(k3s.installer.url) ? [] : [k3s.installer.url];
  return [...said.filter(([, line]) => !script.includes(line)).map(([locked]) => locked), ...installer];
}

function urlsIn(script: string): string[] {
  return [...script.matchAll(/\bfetch (\S+) "\$work\//g)].map(([, url = '']) => url.replaceAll("'", ''));
}

/** The installer, K3s' release, and the keys of nginx's packages; to fetch goes on by a variable in a function. */
function isFromMeant(url: string, { intent, k3s, gateway }: Lock): boolean {
  const release = `${intent.k3s.downloads}/${encodeURIComponent(k3s.version)}/`;
  const keys = gateway.packages.url;
  return (
    url === k3s.installer.url ||
    url.startsWith(release) ||
    (keys !== undefined && url.startsWith(`${keys}/keys/`))
  );
}
