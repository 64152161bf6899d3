/**
 * How long pods stay on a node that does not answer, in seconds. Kubernetes' own default is 300, and the gateway has one
 * pod. The node itself counts as lost only after the 50 s of `node-monitor-grace-period`.
 */
const seconds = 30;

/** Arguments of the API server, which gives each new pod that time. */
export const lostNodeArguments = ['not-ready', 'unreachable'].map(
  (state) => `default-${state}-toleration-seconds=${seconds}`,
);
