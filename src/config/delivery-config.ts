/** `embedded`: the user-data carries the manifests into K3s' auto-deploy directory, so one paste is all. */
export type DeliveryMode = 'embedded';

/** How the manifests reach the cluster. */
export interface DeliveryConfig {
  mode: DeliveryMode;
}
