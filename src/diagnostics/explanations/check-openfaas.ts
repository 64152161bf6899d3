import type { checkOpenfaasCodes } from '../codes/check-openfaas.ts';
import type { Explanations } from './explanation.ts';

const openfaas = (settings: string) => ({ config: { openfaas: `{ ${settings} }` } });

export const checkOpenfaasExplanations: Explanations<keyof typeof checkOpenfaasCodes> = {
  'check/direct-functions-dead': {
    meaning:
      'Many recipes have the flag, for speed. Today it changes nothing in the community edition; a function that is direct really goes past gateway and provider.',
    example: openfaas('gateway: { directFunctions: true }'),
  },
  'check/faas-idler-gone': {
    meaning: 'Many recipes have the flag, to scale functions to zero. Nothing reads it any more.',
    example: openfaas('faasIdler: { dryRun: false }'),
  },
  'check/load-balancer-exposes': {
    meaning:
      'K3s answers such a Service with port 8080 on every node. Passwords would go over it in plain text, and no limit would hold.',
    example: openfaas("serviceType: 'LoadBalancer'"),
  },
  'check/operator-of-pro': {
    meaning: 'The operator, and the Function resources that it reads, are in OpenFaaS Pro alone since 2022.',
    example: openfaas('operator: { create: true }'),
  },
  'check/basic-auth-always': {
    meaning: 'Who may deploy functions may run anything on the nodes, so that is never open.',
    example: openfaas('basic_auth: false'),
  },
  'check/password-in-config': {
    meaning: 'Files of a platform are meant to be read, compared and kept in Git, and hold no secrets.',
    example: openfaas("password: 'secret'"),
  },
  'check/chart-value': {
    meaning:
      'Most values of the chart follow from this config, and wrong ones would be taken silently: the chart does not check them.',
    example: openfaas("functionNamespace: 'functions'"),
  },
};
