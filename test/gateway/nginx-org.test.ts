import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import type { ToolRun } from '../conformance/run-tool.ts';
import { describeGateway } from './describe-gateway.ts';
import { gatewayPlatform } from './gateway-platform.ts';
import { type Node, startNode } from './node.ts';
import { compiledNodeFiles } from './node-files.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const mirror = 'http://127.0.0.1:8000';
const platform: PlatformConfig = {
  ...gatewayPlatform,
  gateway: { packages: 'nginx.org-stable', packagesFrom: mirror },
};

/**
 * A mirror with a package that a key of its own signs, in the node's network. It says of itself what nginx.org's
 * archive says, and the package wants the place of Debian's, as nginx.org's does.
 */
const makeMirror = `
export GNUPGHOME=/srv/gnupg
mkdir -p -m 0700 $GNUPGHOME
for name in nginx another; do gpg --batch --quiet --passphrase '' --quick-generate-key $name ed25519 sign never; done
package() {
  local root=/srv/package
  mkdir -p $root/DEBIAN $root/usr/sbin $root/etc/nginx/conf.d
  printf '%s\\n' 'Package: nginx' "Version: $1" 'Architecture: amd64' 'Maintainer: nobody <a@b.invalid>' \\
    'Conflicts: nginx-common' 'Replaces: nginx-common' 'Description: stands in for nginx' >$root/DEBIAN/control
  printf '%s\\n' /etc/nginx/nginx.conf /etc/nginx/conf.d/default.conf >$root/DEBIAN/conffiles
  printf '#!/bin/sh\\n' >$root/usr/sbin/nginx; chmod 0755 $root/usr/sbin/nginx
  printf '# of the package\\n' | tee $root/etc/nginx/nginx.conf >$root/etc/nginx/conf.d/default.conf
  dpkg-deb --build --root-owner-group $root $archive/nginx.deb >/dev/null
}
archive=/srv/mirror/packages/debian dists=/srv/mirror/packages/debian/dists/bookworm
publish() { # VERSION KEY
  mkdir -p $dists/nginx/binary-amd64 /srv/mirror/keys
  package "$1"
  { cat /srv/package/DEBIAN/control; printf 'Filename: nginx.deb\\nSize: %s\\nSHA256: %s\\n' \\
    "$(stat -c %s $archive/nginx.deb)" "$(sha256sum <$archive/nginx.deb | cut -d ' ' -f 1)"; } \\
    >$dists/nginx/binary-amd64/Packages
  cd $dists
  { printf '%s\\n' 'Origin: nginx' 'Codename: bookworm' 'Components: nginx' 'Architectures: amd64' "Date: $(date -Ru)" SHA256:
    printf ' %s %s %s\\n' "$(sha256sum <nginx/binary-amd64/Packages | cut -d ' ' -f 1)" \\
      "$(stat -c %s nginx/binary-amd64/Packages)" nginx/binary-amd64/Packages; } >Release
  gpg --batch --quiet --yes --local-user "$2" --output InRelease --clearsign Release
  gpg --batch --quiet --armor --export >/srv/mirror/keys/nginx_signing.key
  cd - >/dev/null
}
publish 1.30.7-1~bookworm nginx
cd /srv/mirror; python3 -m http.server --bind 127.0.0.1 8000 >/dev/null 2>&1 &
wait_for_it() { until curl -sf ${mirror}/keys/nginx_signing.key >/dev/null; do sleep 0.1; done; }
wait_for_it
declare -f package publish >/srv/functions
gpg --with-colons --list-keys nginx | sed -n 's/^fpr:*\\([0-9A-F]*\\):$/\\1/p'`;

describeGateway(
  "nginx.org's packages, by the emitted script and real apt and gpg",
  () => {
    let node: Node;
    let key = '';
    beforeEach(async () => {
      const systemctl = compiledNodeFiles(platform).filter(({ path }) => path === '/opt/node/systemctl');
      node = await startNode(systemctl, []);
      const made = await node.run(makeMirror);
      if (made.status !== 0) throw new Error(made.stderr);
      key = made.stdout.trim();
    });
    afterEach(() => node.stop());

    /** The steps of apply.sh that concern packages, with the mirror's key in the place of nginx.org's newest. */
    const apply = (...args: string[]): Promise<ToolRun> => {
      const { artifacts } = compileConfig(platform, 'platform.config.ts');
      const script = artifacts.find(({ path }) => path.endsWith('/apply.sh'))?.text ?? '';
      const [head = '', ...steps] = script.split(/^(?=begin ['"])/m);
      const wanted = steps.filter((step) => /^begin ("nginx.org|'files')/.test(step));
      expect(wanted).toHaveLength(3);
      // What preflight found.
      const found = 'resolvers=/etc/resolv.conf\n';
      const text = [head, found, ...wanted, 'rm -f "$state/changed"\nsay "done$did"\n']
        .join('')
        .replaceAll('8540A6F18833A80E9C1653A42FD21310B49F6B46', key);
      // Nobody waits for others here.
      writeFileSync(node.file('/tmp/apply'), text.replaceAll('wait_for 300', 'wait_for 1'));
      return node.run(`bash /tmp/apply ${args.join(' ')}`);
    };
    const version = async () => (await node.run('dpkg-query --show nginx | cut -f 2')).stdout.trim();
    const again = (version: string, signer: string) =>
      node.run(`source /srv/functions; export GNUPGHOME=/srv/gnupg
        archive=/srv/mirror/packages/debian dists=/srv/mirror/packages/debian/dists/bookworm
        publish ${version} ${signer}`);

    it('take the place of the OS’s own under our conf, and are installed once', async () => {
      expect(await version()).toMatch(/^1\.22\.1-9\+deb12/);
      const first = await apply();
      expect(first).toMatchObject({ status: 0, stderr: expect.not.stringContaining('FAILED') });
      expect(first.stdout).toContain('installed nginx 1.30.7-1~bookworm from nginx.org');
      expect(await version()).toBe('1.30.7-1~bookworm');
      const { stdout } = await node.run('head -n 3 /etc/nginx/nginx.conf; ls /etc/nginx/conf.d');
      expect(stdout).toMatch(/user nginx;[\s\S]*\nopenfaas\.conf\n$/);
      // The known key alone, out of those that were there.
      const { stdout: keyring } = await node.run(
        'gpg --show-keys --with-colons /etc/apt/keyrings/fjord-nginx.gpg',
      );
      expect(keyring.match(/^pub/gm)).toHaveLength(1);

      expect((await apply()).stdout.trim().split('\n').at(-1)).toBe('fjord: done');
      expect((await node.run('apt-config dump Unattended-Upgrade::Origins-Pattern')).stdout).toContain(
        'origin=nginx',
      );
    });

    it('in a dry run are only spoken of', async () => {
      const { stdout, status } = await apply('--dry-run');
      expect(status).toBe(0);
      expect(stdout).toContain(`fjord: would install nginx from ${mirror}/packages/debian\n`);
      expect(stdout).toContain('would write /etc/apt/sources.list.d/fjord-nginx.sources');
      expect(await version()).toMatch(/^1\.22\.1-9\+deb12/);
    });

    it('are not taken with another signature than a known one', async () => {
      await again('1.30.8-1~bookworm', 'another');
      const { status, stderr } = await apply();
      expect(status).toBe(1);
      expect(stderr.trim().split('\n').at(-1)).toBe(
        `fjord: FAILED (nginx.org's nginx): timed out after 1 s waiting for packages that nginx.org has signed, at ${mirror}/packages/debian`,
      );
      expect(await version()).toMatch(/^1\.22\.1-9\+deb12/);
    });

    it('are not taken when no known key is there', async () => {
      key = '0'.repeat(40);
      const { status, stderr } = await apply();
      expect(status).toBe(1);
      expect(stderr.trim().split('\n').at(-1)).toBe(
        `fjord: FAILED (nginx.org's keys): none of nginx.org's keys is at ${mirror}/keys/nginx_signing.key`,
      );
    });

    it('are not taken when they are not what was signed', async () => {
      await node.run('truncate --size +1 /srv/mirror/packages/debian/nginx.deb');
      const { status, stderr } = await apply();
      expect(status).toBe(1);
      expect(stderr.trim().split('\n').at(-1)).toBe(
        `fjord: FAILED (nginx.org's nginx): apt cannot install nginx from ${mirror}/packages/debian`,
      );
      expect(await version()).toMatch(/^1\.22\.1-9\+deb12/);
    });
  },
  ...['apt-get', 'dpkg-deb', 'gpg', 'python3'],
);
