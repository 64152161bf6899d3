/** What the kubelet of each node may hold. Its other settings follow from the config. */
export interface KubeletConfig {
  /**
   * The most pods on one node. Kubernetes itself is tested with 110, and a node has addresses for 253.
   *
   * @default 110
   * @asType integer
   * @minimum 16
   * @maximum 250
   */
  maxPods?: number;

  /** When images that no pod uses are removed. */
  imageGc?: ImageGcConfig;
}

/** How full the disk with images may be, in per cent. */
export interface ImageGcConfig {
  /**
   * From here on, images that no pod uses are removed, the longest unused first. Pods are evicted at 95.
   *
   * @default 85
   * @asType integer
   * @minimum 2
   * @maximum 94
   */
  high?: number;

  /**
   * Until here.
   *
   * @default 80
   * @asType integer
   * @minimum 1
   * @maximum 93
   */
  low?: number;
}
