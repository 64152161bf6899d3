import type { Architecture } from '../../config/nodes/node.ts';

/**
 * SHA-256 of K3s' binaries, by release and processor. A release that is changed after the fact, with the list of hashes
 * that it publishes itself, no longer fits these.
 *
 * K3s signs nothing, so a hash is here only if two projects that have nothing to do with each other pinned the same one,
 * in October 2026, each for its own use. v1.36.5+k3s1 for amd64: github.com/fleetlyrun/fleetly,
 * `e2e/dind-k3s.sh`, and github.com/sloper-ai/cucina, `deploy/aws-e2e/env/variables.tf`. For the other releases and for
 * arm64 there was one such place or none.
 */
export const k3sHashes: Readonly<Record<string, Readonly<Partial<Record<Architecture, string>>>>> = {
  'v1.36.5+k3s1': { amd64: 'd73847bcd3c5fccef0115b372e2f9a91f3032dc84bbf71518a4617565294d313' },
};
