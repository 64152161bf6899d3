import type { CdnName } from '../../config/gateway/proxies.ts';

/** A CDN that publishes the networks from which it calls its customers' servers. */
export interface Cdn {
  readonly title: string;
  /** The country of the company that owns it; TLS ends with it, so it reads every call. */
  readonly ownerCountry: string;
  /** Where it publishes its networks. */
  readonly source: string;
  /** The day of the list. */
  readonly asOf: string;
  /** The header in which it names the client. It overwrites what the client itself sends. */
  readonly header: string;
  readonly networks: readonly string[];
}

export const cdns: Readonly<Record<CdnName, Cdn>> = {
  cloudflare: {
    title: 'Cloudflare',
    ownerCountry: 'US',
    source: 'https://www.cloudflare.com/ips/',
    asOf: '2026-02-11',
    // It sets the header itself on all that leaves its edge: "HTTP request headers" in its documentation.
    header: 'CF-Connecting-IP',
    networks: [
      '173.245.48.0/20',
      '103.21.244.0/22',
      '103.22.200.0/22',
      '103.31.4.0/22',
      '141.101.64.0/18',
      '108.162.192.0/18',
      '190.93.240.0/20',
      '188.114.96.0/20',
      '197.234.240.0/22',
      '198.41.128.0/17',
      '162.158.0.0/15',
      '104.16.0.0/13',
      '104.24.0.0/14',
      '172.64.0.0/13',
      '131.0.72.0/22',
      '2400:cb00::/32',
      '2606:4700::/32',
      '2803:f800::/32',
      '2405:b500::/32',
      '2405:8100::/32',
      '2a06:98c0::/29',
      '2c0f:f248::/32',
    ],
  },
  fastly: {
    title: 'Fastly',
    ownerCountry: 'US',
    source: 'https://api.fastly.com/public-ip-list',
    asOf: '2026-10-14',
    // Not Fastly-Client-IP: a client that sends that header itself is believed ("Fastly-Client-IP" in its
    // documentation). To X-Forwarded-For it appends the client and its own servers.
    header: 'X-Forwarded-For',
    networks: [
      '23.235.32.0/20',
      '43.249.72.0/22',
      '103.244.50.0/24',
      '103.245.222.0/23',
      '103.245.224.0/24',
      '104.156.80.0/20',
      '140.248.64.0/18',
      '140.248.128.0/17',
      '146.75.0.0/17',
      '151.101.0.0/16',
      '157.52.64.0/18',
      '167.82.0.0/17',
      '167.82.128.0/20',
      '167.82.160.0/20',
      '167.82.224.0/20',
      '172.111.64.0/18',
      '185.31.16.0/22',
      '199.27.72.0/21',
      '199.232.0.0/16',
      '2a04:4e40::/32',
      '2a04:4e42::/32',
    ],
  },
};
