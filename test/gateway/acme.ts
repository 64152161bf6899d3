import { readFileSync } from 'node:fs';
import type { Node } from './node.ts';

/** A certificate authority, pebble, in the node's network, that looks for challenges on port 80 as a real one does. */
export interface Authority {
  /** A variable for certbot's surroundings, so that it trusts the authority's own https. */
  readonly environment: string;
  /** Lets another node, which is in the authority's network, find it there and trust it. */
  introduce(other: Node): Promise<void>;
}

/** Where certbot is to go. */
export const authorityDirectory = 'https://authority.example:14000/dir';

const name = new URL(authorityDirectory).hostname;
const where = '/opt/authority';

/**
 * Starts pebble, at an address of the node, and a DNS server that says 127.0.0.1 of every name.
 *
 * @param dns the DNS server that pebble asks; by default that one
 */
export async function startAuthority(
  node: Node,
  address = '127.0.0.1',
  dns = '127.0.0.1:8053',
): Promise<Authority> {
  const config = {
    pebble: {
      listenAddress: `${address}:14000`,
      managementListenAddress: '127.0.0.1:15000',
      certificate: `${where}/tls.pem`,
      privateKey: `${where}/tls.key`,
      httpPort: 80,
      tlsPort: 443,
      ocspResponderURL: '',
      externalAccountBindingRequired: false,
      certificateValidityPeriod: 90 * 86_400,
    },
  };
  const { status, stderr } = await node.run(`echo '${address} ${name}' >>/etc/hosts
    mkdir -p ${where}; cd ${where}
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 2 -subj /CN=${name} \\
      -addext subjectAltName=DNS:${name} -keyout tls.key -out tls.pem 2>/dev/null
    printf '%s' '${JSON.stringify(config)}' >config.json
    pebble-challtestsrv -defaultIPv4 127.0.0.1 -defaultIPv6 '' -http01 '' -https01 '' -tlsalpn01 '' \\
      -management 127.0.0.1:8055 -dns01 127.0.0.1:8053 >dns.log 2>&1 &
    export PEBBLE_VA_NOSLEEP=1 PEBBLE_WFE_NONCEREJECT=0 PEBBLE_AUTHZREUSE=0
    pebble -config config.json -dnsserver ${dns} >pebble.log 2>&1 &
    curl --silent --show-error --cacert tls.pem --retry 50 --retry-delay 1 --retry-all-errors \\
      --output /dev/null ${authorityDirectory}`);
  if (status !== 0)
    throw new Error(`pebble: ${stderr}${readFileSync(node.file(`${where}/pebble.log`), 'utf8')}`);
  const certificate = readFileSync(node.file(`${where}/tls.pem`), 'utf8');
  return {
    environment: `REQUESTS_CA_BUNDLE=${where}/tls.pem`,
    introduce: async (other) => {
      const introduced = await other.run(`echo '${address} ${name}' >>/etc/hosts
        mkdir -p ${where}; printf '%s' '${certificate}' >${where}/tls.pem`);
      if (introduced.status !== 0) throw new Error(introduced.stderr);
    },
  };
}
