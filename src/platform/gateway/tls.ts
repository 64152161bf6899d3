import type { DnsPlugin } from '../../config/gateway/tls.ts';

/** TLS of every server. */
export interface Tls {
  readonly certificate: CertificateSource;
  readonly profile: 'intermediate' | 'modern';
  /** The value of Strict-Transport-Security. */
  readonly hsts: string;
  readonly http3: boolean;
  /** Path on the node of the authorities of client certificates. */
  readonly clientCa: string | undefined;
}

export type CertificateSource = AcmeSource | FilesSource;

/** A certificate authority that speaks ACME. */
export interface AcmeSource {
  readonly kind: 'acme';
  /** Of the directory; undefined for the one that certbot takes by itself, Let's Encrypt. */
  readonly directory: string | undefined;
  readonly email: string | undefined;
  /** Undefined: by port 80. */
  readonly dns: DnsChallenge | undefined;
}

export interface DnsChallenge {
  readonly plugin: DnsPlugin;
  readonly credentials: string;
  /** Undefined: the plugin's own. */
  readonly propagationSeconds: number | undefined;
}

/** PEM files that the user puts on the node. */
export interface FilesSource {
  readonly kind: 'files';
  readonly certificate: string;
  readonly key: string;
}
