/** Where OpenFaaS' parts and functions listen. Their programs and images fix it, so no config can. */
export const ports = {
  gateway: 8080,
  /** The provider, in the gateway's pod. */
  provider: 8081,
  /** Where the gateway counts calls. */
  metrics: 8082,
  /** of-watchdog and the classic watchdog. */
  function: 8080,
  prometheus: 9090,
  alertmanager: 9093,
  nats: 4222,
} as const;
