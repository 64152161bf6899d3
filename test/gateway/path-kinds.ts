import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { gatewayPlatform } from './gateway-platform.ts';

const image = 'ghcr.io/example/stub:1';

/** Every kind of location, and a function that the client's address may not call. */
export const pathPlatform = {
  ...gatewayPlatform,
  functions: {
    open: { image },
    secret: { image, async: true, http: { networks: ['192.0.2.0/24'] } },
    'my-queued': { image, async: true },
    'my-own': { image, http: { paths: ['/v1.0/my-own'], domains: ['own.example.no'] } },
    'my-direct': {
      image,
      direct: true,
      http: { paths: ['/past'], domains: ['direct.example.no'] },
    },
    gate: { image, expose: true },
    guarded: {
      image,
      http: { auth: { function: 'gate' }, paths: ['/locked'], domains: ['locked.example.no'] },
    },
  },
  gateway: { ...gatewayPlatform.gateway, admin: { networks: ['127.0.0.0/8'] } },
  // Each refusal has its line.
  logs: { refused: 1 },
} satisfies PlatformConfig;

/** A location, as a client finds it. */
export interface PathKind {
  readonly title: string;
  /** What its paths begin with. */
  readonly base: string;
  /** Whom it is for. */
  readonly who: string;
  /** What its paths begin with when they arrive; as sent if it is not said. */
  readonly arrives?: string;
  /** Default: the platform's. */
  readonly host?: string;
  /** Default: GET. */
  readonly method?: 'POST';
  /** Default: 443. */
  readonly port?: 80;
  /** Whether nothing but that one path is there. */
  readonly exact?: true;
}

export const pathKinds: readonly PathKind[] = [
  { title: '/function/', base: '/function/open', who: 'open' },
  { title: '/async-function/', base: '/async-function/my-queued', who: 'my-queued', method: 'POST' },
  { title: 'own path', base: '/v1.0/my-own', who: 'my-own', arrives: '/function/my-own' },
  { title: 'own domain', base: '', who: 'my-own', arrives: '/function/my-own', host: 'own.example.no' },
  { title: 'direct', base: '/function/my-direct', who: 'direct', arrives: '' },
  { title: 'direct, own path', base: '/past', who: 'direct', arrives: '' },
  { title: 'direct, own domain', base: '', who: 'direct', arrives: '', host: 'direct.example.no' },
  { title: 'asked first, own path', base: '/locked', who: 'guarded', arrives: '/function/guarded' },
  {
    title: 'asked first, own domain',
    base: '',
    who: 'guarded',
    arrives: '/function/guarded',
    host: 'locked.example.no',
  },
  { title: '/system/', base: '/system/functions', who: '/system' },
  { title: '/ui/', base: '/ui/x', who: '/ui' },
  { title: '/healthz', base: '/healthz', who: '/healthz', exact: true },
  { title: 'challenges', base: '/.well-known/acme-challenge', who: 'nobody', port: 80, exact: true },
];
