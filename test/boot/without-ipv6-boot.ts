import { describe, expect, it } from 'vitest';
import { bootPlatform } from './boot-platform.ts';
import { bootSoon } from './boot-soon.ts';

const node = bootPlatform((config) => ({ ...config, gateway: { ...config.gateway, ipv6: false } }));

const boot = bootSoon(() => ({
  name: 'without-ipv6',
  userData: node.userData,
  faults: ['ipv6-off'],
  steps: {
    family: 'ls /proc/net/if_inet6',
    firewall: 'nft list table inet fjord',
    nginx: 'systemctl is-active nginx; ss -H -l -t -n | grep -c ":80 \\|:443 "',
    https: `curl --silent --insecure --max-time 60 --resolve '${node.domain}:443:127.0.0.1' --output /dev/null --write-out '%{http_code}' https://${node.domain}/function/order-webhook`,
    again: '/usr/local/sbin/fjord-apply',
  },
}));

describe.concurrent('a node whose kernel has IPv6 switched off, with gateway.ipv6: false', () => {
  it('comes up, with the packages that listen on IPv6 by themselves', async () => {
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
