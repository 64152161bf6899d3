import type { CallbackEgress } from './callback-egress.ts';
import type { ports } from './ports.ts';

/** The functions runtime. */
export interface OpenFaas {
  readonly edition: 'community' | 'pro';
  /** Our own manifests, or OpenFaaS' chart installed by K3s. */
  readonly install: 'native' | 'helm';
  /** Who makes the Secret with the admin's password. */
  readonly adminSecret: 'node' | 'operator';
  /** Where OpenFaaS itself runs. */
  readonly namespace: 'openfaas';
  /** Where functions run. */
  readonly functionNamespace: 'openfaas-fn';
  /** The gateway's fixed address inside the cluster. */
  readonly address: string;
  readonly port: typeof ports.gateway;
  readonly async: boolean;
  /** Where results of queued calls may go outside of the cluster; undefined: nowhere. */
  readonly callbackEgress: CallbackEgress | undefined;
  readonly autoscaling: boolean;
  readonly images: OpenFaasImages;
}

export interface OpenFaasImages {
  readonly gateway: string;
  readonly provider: string;
  readonly queueWorker: string;
  readonly nats: string;
  readonly prometheus: string;
  readonly alertmanager: string;
  readonly curl: string;
}

/** OpenFaaS' own chart, as it is installed where `install` is `helm`. Its values below are those of this version. */
export const openfaasChart = {
  name: 'openfaas',
  repository: 'https://openfaas.github.io/faas-netes/',
  version: '15.0.6',
} as const;
