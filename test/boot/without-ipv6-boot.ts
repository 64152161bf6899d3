import { describe, expect, it } from 'vitest';
import { bootPlatform } from './boot-platform.ts';
import { bootSoon } from './boot-soon.ts';

const node = bootPlatform((config) => ({ ...config, gateway: { ...config.gateway, ipv6: false } }));

/** For a machine with IPv6. */
const withIpv6 = bootPlatform();

const boot = bootSoon(() => ({
  name: 'without-ipv6',
  userData: node.userData,
  faults: ['ipv6-off'],
  files: { 'with-ipv6.sh': withIpv6.applyScript },
  steps: {
    family: 'ls /proc/net/if_inet6',
    firewall: 'nft list table inet fjord',
    nginx: 'systemctl is-active nginx; ss -H -l -t -n | grep -c ":80 \\|:443 "',
    https: `curl --silent --insecure --max-time 60 --resolve '${node.domain}:443:127.0.0.1' --output /dev/null --write-out '%{http_code}' https://${node.domain}/function/order-webhook`,
    again: '/usr/local/sbin/fjord-apply',
    refused: 'bash /run/boot-test/files/with-ipv6.sh',
  },
}));

describe.concurrent('a node whose kernel has IPv6 switched off', () => {
  it('refuses a script that needs IPv6', async () => {
    const { steps } = await boot();
    expect(steps.refused?.stderr).toMatch(
      /^fjord: FAILED \(preflight\): IPv6 is switched off in this kernel .*, or write gateway.ipv6: false\n$/,
    );
    expect(steps.refused?.exitCode).toBe(1);
  });

  it('comes up with gateway.ipv6: false, with the packages that listen on IPv6 by themselves', async () => {
    const { steps, timedOut } = await boot();
    expect(timedOut).toBe(false);
    expect(steps.family?.exitCode).not.toBe(0);
    expect(steps['cloud-init-status']?.stdout).toMatch(/^status: done$/m);
    expect(steps['failed-units']?.stdout).toBe('');
    expect(steps.firewall?.exitCode).toBe(0);
    expect(steps.nginx?.stdout).toMatch(/^active\n[1-9]/);
    expect(steps.https?.stdout).toBe('200');
    expect(steps.again?.stdout).toMatch(/^fjord: done: nothing to change\n$(?![\s\S])/m);
  });
});
