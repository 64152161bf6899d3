import type { NginxPackages } from '../config/gateway/gateway.ts';
import type { OperatingSystem } from '../config/nodes/node.ts';
import { atLeast } from './versions.ts';

/** One nginx that a conf is written for. */
export interface NginxTarget {
  readonly nginx: string;
  readonly openssl: string;
  /** Directives that the package has although its version is older than they are. */
  readonly backports: readonly string[];
  /** True if it is built with ngx_http_v3_module. */
  readonly quic: boolean;
  /** The user of its workers. Debian's packages use `www-data` and also have modules in /etc/nginx/modules-enabled. */
  readonly user: 'www-data' | 'nginx';
}

/**
 * The OS's own packages. Sources: Debian's apt for 12 and 13, packages.ubuntu.com for 26.04, Ubuntu 24.04 as released;
 * `nginx -V` for quic on Debian (Ubuntu 26.04 packages Debian's); max_headers runs on Debian 12's 1.22.1-9+deb12u11.
 */
const distribution: Readonly<Record<OperatingSystem, NginxTarget>> = {
  'debian-12': { nginx: '1.22.1', openssl: '3.0', backports: ['max_headers'], quic: false, user: 'www-data' },
  'ubuntu-24.04': { nginx: '1.24.0', openssl: '3.0.13', backports: [], quic: false, user: 'www-data' },
  'debian-13': { nginx: '1.26.3', openssl: '3.5', backports: [], quic: true, user: 'www-data' },
  'ubuntu-26.04': { nginx: '1.28.3', openssl: '3.5', backports: [], quic: true, user: 'www-data' },
};

/** The first available release of each branch: a node installs that or a later one. They use the OS's OpenSSL. */
const nginxOrg = { 'nginx.org-stable': '1.30.0', 'nginx.org-mainline': '1.31.0' } as const;

export function nginxTarget(os: OperatingSystem, packages: NginxPackages): NginxTarget {
  const own = distribution[os];
  if (packages === 'distribution') return own;
  return { nginx: nginxOrg[packages], openssl: own.openssl, backports: [], quic: true, user: 'nginx' };
}

/** Features that a conf must be written differently for. */
export interface NginxFeatures {
  /** `http2 on;`, or `http2` as a parameter of `listen`: the wrong one gives an error or a warning. */
  readonly http2: 'directive' | 'listen';
  readonly quic: boolean;
  /** Keeps connections to an upstream, and uses HTTP/1.1 on them, by default. */
  readonly keepsUpstreamConnections: boolean;
  /** Without it, the default server's `ssl_protocols` apply to every server of its socket. */
  readonly protocolsPerServer: boolean;
  /** Rotates session ticket keys by itself if there is a shared session cache. Without it, tickets are better disabled. */
  readonly rotatesTicketKeys: boolean;
  /** Has the curve X25519MLKEM768. With an older OpenSSL, nginx refuses a conf that names it. */
  readonly postQuantumCurves: boolean;
  /** `max_headers`. */
  readonly maxHeaders: boolean;
  /** `add_header_inherit merge`. */
  readonly mergesHeaders: boolean;
}

/** Sources: nginx's CHANGES; OpenSSL's for the curves. The first four were seen on the versions around each change. */
export function nginxFeatures({ nginx, openssl, quic }: NginxTarget): NginxFeatures {
  return {
    http2: atLeast(nginx, '1.25.1') ? 'directive' : 'listen',
    quic: quic && atLeast(nginx, '1.25.0'),
    keepsUpstreamConnections: atLeast(nginx, '1.29.7'),
    protocolsPerServer: atLeast(nginx, '1.29.2'),
    rotatesTicketKeys: atLeast(nginx, '1.23.2'),
    postQuantumCurves: atLeast(openssl, '3.5'),
    // Debian 12's package got it in a security update on 2026-11-19, but an outdated mirror's nginx would not start with it.
    maxHeaders: atLeast(nginx, '1.29.8'),
    mergesHeaders: atLeast(nginx, '1.29.3'),
  };
}
