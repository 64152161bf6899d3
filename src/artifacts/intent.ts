/** What the lock file says was meant: see `renderers/lock-intent.ts`, which writes it, and `rules/as-meant.ts`, which reads it. */
export interface Intent {
  /** Who may log in, by node; null where the image's own ways are left alone. */
  readonly ssh: Readonly<
    Record<string, { readonly user: string | null; readonly keys: readonly string[] } | null>
  >;
  /** Settings of the kernel that the config has, beyond the profile's. */
  readonly kernel: Readonly<Record<string, string>>;
  readonly k3s: {
    readonly hardening: 'none' | 'cis';
    readonly kubeconfig: { readonly mode: string; readonly group: string | null };
    /** How pods of one node reach those of another. */
    readonly overlay: string;
    /** What each download of K3s begins with. */
    readonly downloads: string;
    /** Where containerd finds images, as registries.yaml says it. */
    readonly mirrors: Readonly<
      Record<
        string,
        { readonly endpoint: readonly string[]; readonly rewrite?: Readonly<Record<string, string>> }
      >
    >;
  };
  /** Who reads the copies of the first server, and where they go; none are made where it is not said. */
  readonly backups?: BackupIntent;
  readonly gateway: {
    readonly trustedProxies: { readonly header: string; readonly networks: readonly string[] } | null;
    /** Networks without limits. */
    readonly exempt: readonly string[];
    /** Who reaches OpenFaaS' own interface; null where nobody does from outside. */
    readonly admin: { readonly networks: readonly string[]; readonly clientCertificate: boolean } | null;
  };
  /** By what ways, and past which guards, each function is reached. */
  readonly functions: Readonly<Record<string, FunctionAccess>>;
  readonly git: {
    readonly repository: string;
    readonly branch: string;
    readonly path: string;
    readonly secret: string | null;
  } | null;
}

export interface BackupIntent {
  readonly recipients: readonly string[];
  readonly time: string;
  readonly keep: number;
  readonly ssh: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly path: string;
    readonly hostKey: string;
  } | null;
  readonly s3: {
    readonly endpoint: string;
    readonly region: string;
    readonly bucket: string;
    readonly prefix: string | null;
  } | null;
}

export interface FunctionAccess {
  readonly domains: readonly string[];
  readonly paths: readonly string[];
  /** Empty: from anywhere. */
  readonly networks: readonly string[];
  readonly auth:
    | { readonly kind: 'password'; readonly file: string }
    | { readonly kind: 'certificate' }
    | { readonly kind: 'function'; readonly name: string }
    | null;
}
