/** An edition of OpenFaaS. */
export type Edition = 'community' | 'pro';

/** What an edition's runtime allows. */
export interface EditionLimits {
  /** In messages: `the community edition`. */
  readonly title: string;
  /** More functions than this, and every call is refused. */
  readonly maxFunctions: number;
  /** More replicas of a function than this are taken back. Undefined where nothing is. */
  readonly maxReplicas: number | undefined;
  /** Whether a function that is not called can be taken to no replicas at all. */
  readonly scaleToZero: boolean;
  /** The largest body of an asynchronous call, in bytes. Undefined where no limit is known. */
  readonly maxAsyncBody: number | undefined;
}

/**
 * The editions' own limits. Sources: community, faas-netes 0.18.17 `pkg/handlers/replica_reader.go` and
 * nats-queue-worker 0.14.2 `handler/nats_queue.go`; pro, the comparison of editions in OpenFaaS' documentation, for
 * OpenFaaS Standard.
 */
export const editions: Readonly<Record<Edition, EditionLimits>> = {
  community: {
    title: 'the community edition',
    maxFunctions: 15,
    maxReplicas: 5,
    scaleToZero: false,
    maxAsyncBody: 256_000,
  },
  pro: {
    title: 'OpenFaaS Pro',
    maxFunctions: 500,
    maxReplicas: undefined,
    scaleToZero: true,
    maxAsyncBody: undefined,
  },
};
