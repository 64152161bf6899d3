import type { SecretName } from '../units.ts';

/**
 * `embedded`: the user-data carries the manifests into K3s' auto-deploy directory, so a single paste is enough.
 * `gitops`: the user-data carries Flux or Argo CD, which takes the manifests from a Git repository.
 */
export type DeliveryMode = 'embedded' | 'gitops';

/** How the manifests reach the cluster. */
export interface DeliveryConfig {
  mode: DeliveryMode;

  /** The repository that `dist/` is committed to. Needed with `gitops`. */
  git?: GitConfig;

  /**
   * Where new machines fetch their apply.sh: the address below which `dist/nodes` is served, so that each node finds
   * `<scripts>/<node>/apply.sh`. The user-data then has about 2 KB, whatever the platform. It names the script by its
   * SHA-256, so the server needs no trust, and apply.sh holds no secret. Serve the files of each synth before you create a
   * machine from it; the address must not be on this platform, and must not ask for a password. Without it, the script is
   * in the user-data.
   */
  scripts?: ScriptsUrl;

  /**
   * Kubernetes objects of your own, which are applied with the platform: YAML files, by their paths from the config's
   * folder, or the objects themselves. They are held to the platform's own rules: a kind with a schema, a namespace of
   * their own, and neither secrets, nor rights over the cluster or a node, nor a way in from outside.
   *
   * @minItems 1
   * @maxItems 50
   * @examples [["kubernetes/redis.yaml"]]
   */
  manifests?: (ManifestPath | ManifestConfig)[];
}

/** Kubernetes objects that are written in the config, or that a file had. */
export interface ManifestConfig {
  /** A name that the lock file lists them by. For objects of a file, it is the file's path. */
  name: ManifestPath;

  /**
   * The objects, each with `apiVersion`, `kind` and `metadata`, as `kubectl apply` takes them.
   *
   * @minItems 1
   * @maxItems 200
   */
  objects: Record<string, unknown>[];
}

/** A Git repository, and what applies it to the cluster. */
export interface GitConfig {
  /** The tool that watches the repository. K3s installs it from its Helm chart. */
  tool: 'flux' | 'argocd';

  /** Where the repository is. */
  repository: GitUrl;

  /**
   * The branch to follow.
   *
   * @default "main"
   */
  branch?: GitBranch;

  /**
   * The directory of the manifests in the repository.
   *
   * @default "dist/manifests"
   */
  path?: GitPath;

  /**
   * The Secret with the repository's credentials, for one that is not public: in the namespace `flux-system` or
   * `argocd`. You make it by hand, so that no secret is in user-data.
   */
  secret?: SecretName;

  /** The chart's version, if it must differ from the one that this Fjord pins. */
  chartVersion?: ChartVersion;
}

/**
 * An https or ssh address of a Git repository, without credentials.
 *
 * @title https or ssh address of a repository
 * @maxLength 500
 * @pattern ^(https://|ssh://([a-z0-9_-]+@)?)[A-Za-z0-9.-]+(:\d{1,5})?(/[A-Za-z0-9._~-]+)+$
 * @examples ["https://git.example.no/shop/platform.git", "ssh://git@git.example.no/shop/platform.git"]
 */
export type GitUrl = string;

/**
 * The name of a Git branch.
 *
 * @title branch name
 * @maxLength 200
 * @pattern ^[A-Za-z0-9][A-Za-z0-9._/-]*$
 * @examples ["main"]
 */
export type GitBranch = string;

/**
 * A path inside of a repository, without `./` before or `/` behind.
 *
 * @title path in a repository
 * @maxLength 200
 * @pattern ^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9._/-]*[A-Za-z0-9_-]$
 * @examples ["dist/manifests"]
 */
export type GitPath = string;

/**
 * An exact version of a Helm chart.
 *
 * @title chart version
 * @pattern ^\d+\.\d+\.\d+$
 * @examples ["2.18.4"]
 */
export type ChartVersion = string;

/**
 * An https address of a place that serves files, without a final slash, a password or a query.
 *
 * @title https address of the scripts
 * @maxLength 500
 * @pattern ^https://[A-Za-z0-9.-]+(:\d{1,5})?(/[A-Za-z0-9._~%+-]+)*$
 * @examples ["https://files.example.no/platform/nodes"]
 */
export type ScriptsUrl = string;

/**
 * The path of a YAML file from the config's folder, without `./` before it and without `..`.
 *
 * @title path of a YAML file
 * @maxLength 200
 * @pattern ^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9._/-]*\.ya?ml$
 * @examples ["kubernetes/redis.yaml"]
 */
export type ManifestPath = string;
