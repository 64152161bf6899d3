import reference from '../../platform.config.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';

const image = (name: string, version = '1.0.0') => `ghcr.io/nordpay/${name}:${version}`;
const copies = (number: number) => ({ min: number, max: number });

/**
 * The reference platform with what it lacks: a queue, a schedule, functions whose copies are not scaled. A pod that is
 * replaced waits two minutes for its calls, not ten, so that those of several changes have room on the machine that tests.
 */
export const loaded: PlatformConfig = {
  ...reference,
  openfaas: { ...reference.openfaas, async: true, stopWithin: '2m' },
  functions: {
    hot: { image: image('hot'), replicas: { min: 1, max: 3 } },
    mail: { image: image('mail'), async: true, replicas: copies(1) },
    nightly: { image: image('nightly'), expose: false, schedule: '* * * * *', replicas: copies(1) },
    pair: { image: image('pair'), replicas: copies(2), env: { VERSION: '1' } },
    single: { image: image('single'), replicas: copies(1) },
    slow: { image: image('slow'), replicas: copies(1), timeout: '80s' },
  },
};

/** With another image and environment of `pair`. */
export const otherFunction: PlatformConfig = {
  ...loaded,
  functions: {
    ...loaded.functions,
    pair: { image: image('pair', '1.1.0'), replicas: copies(2), env: { VERSION: '2' } },
  },
};

/** With another timeout of the gateway too, so its pod is replaced, and nginx' conf is another. */
export const otherGateway: PlatformConfig = {
  ...otherFunction,
  openfaas: { ...loaded.openfaas, upstreamTimeout: '85s' },
};
