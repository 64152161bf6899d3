/** The intended access, in the lock file. `renderers/lock-intent.ts` writes it, and `rules/as-meant.ts` reads it. */
export interface Intent {
  /** Logins by node; null if the image's own setup is not changed. */
  readonly ssh: Readonly<
    Record<string, { readonly user: string | null; readonly keys: readonly string[] } | null>
  >;
  /** Kernel settings that the config sets in addition to the profile's. */
  readonly kernel: Readonly<Record<string, string>>;
  readonly k3s: {
    readonly hardening: 'none' | 'cis';
    readonly kubeconfig: { readonly mode: string; readonly group: string | null };
    /** Arguments of the kubelet for its number of pods and its images, if they are not the defaults. */
    readonly kubelet?: readonly string[];
    /** The network between pods of different nodes. */
    readonly overlay: string;
    /** The DNS servers that pods ask; unset: those of each machine. */
    readonly resolvers?: readonly string[];
    /** Domains that pods try for short names. Left out if there are none. */
    readonly searchDomains?: readonly string[];
    /** The base URL of K3s' downloads. */
    readonly downloads: string;
    /** The registries that nodes log in at, or know by an authority of their own. Left out if there are none. */
    readonly logins?: Readonly<Record<string, { readonly auth?: true; readonly ca?: string }>>;
    /** The registries from which containerd pulls images, as in registries.yaml. */
    readonly mirrors: Readonly<
      Record<
        string,
        { readonly endpoint: readonly string[]; readonly rewrite?: Readonly<Record<string, string>> }
      >
    >;
  };
  /** The readers and targets of the first server's copies. Left out if none are made. */
  readonly backups?: BackupIntent;
  /** The targets of alerts, and the limits of a problem. Left out if there are none. */
  readonly alerts?: AlertsIntent;
  readonly gateway: {
    readonly trustedProxies: { readonly header: string; readonly networks: readonly string[] } | null;
    /** Networks without rate limits. */
    readonly exempt: readonly string[];
    /** Other domains of the platform. Left out if there are none. */
    readonly aliases?: readonly string[];
    /** The domains that only lead to another domain. Left out if there are none. */
    readonly redirects?: Readonly<Record<string, string>>;
    /** The path of health checks, which nginx itself answers. Left out if there is none. */
    readonly healthPath?: string;
    /** Headers of all answers, by name. Left out if there are none. */
    readonly headers?: Readonly<Record<string, string>>;
    /** Access to OpenFaaS' own API; null if it is not reachable from outside. */
    readonly admin: { readonly networks: readonly string[]; readonly clientCertificate: boolean } | null;
  };
  /** The ports and networks outside of the cluster that the queue worker may connect to. Left out if there are none. */
  readonly callbackEgress?: {
    readonly ports: readonly number[];
    /** The internet, without private addresses, if left out. */
    readonly networks?: readonly string[] | undefined;
  };
  /** The paths to each function, and the guards on them. */
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

export interface AlertsIntent {
  /** By name. `mail` is null for the other kinds. */
  readonly to: Readonly<
    Record<
      string,
      {
        readonly kind: string;
        readonly host: string;
        readonly mail: {
          readonly port: number;
          readonly from: string;
          readonly recipients: readonly string[];
        } | null;
      }
    >
  >;
  readonly deadMansSwitch: string | null;
  /** Seconds. */
  readonly every: number;
  readonly limits: Readonly<Record<string, number>>;
}

export interface FunctionAccess {
  /** The command of its container, as in its manifest. Left out if it is its image's own. */
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly domains: readonly string[];
  readonly paths: readonly string[];
  /** Empty: from anywhere. */
  readonly networks: readonly string[];
  /** The addresses that results of its queued calls may be sent to. Left out if there are none. */
  readonly callbacks?: readonly string[];
  /** The sites whose pages may read its answers. Left out if there are none. */
  readonly origins?: readonly string[];
  readonly auth:
    | { readonly kind: 'password'; readonly file: string }
    | { readonly kind: 'certificate' }
    | { readonly kind: 'function'; readonly name: string }
    | null;
}
