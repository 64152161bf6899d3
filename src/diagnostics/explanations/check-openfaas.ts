import type { checkOpenfaasCodes } from '../codes/check-openfaas.ts';
import type { Explanations } from './explanation.ts';

const openfaas = (settings: string) => ({ config: { openfaas: `{ ${settings} }` } });

export const checkOpenfaasExplanations: Explanations<keyof typeof checkOpenfaasCodes> = {
  'check/direct-functions-dead': {
    meaning:
      'Many recipes set the flag for speed, but the gateway now always asks the provider. In Pro it is for service meshes; without one it sends most calls to one copy. Here a function with direct: true bypasses gateway and provider.',
    example: openfaas('gateway: { directFunctions: true }'),
  },
  'check/faas-idler-gone': {
    meaning:
      'Many recipes set the flag to scale functions to zero, but nothing reads it any more. The community edition scales no function to zero; Pro does with its autoscaler.',
    example: openfaas('faasIdler: { dryRun: false }'),
  },
  'check/load-balancer-exposes': {
    meaning:
      'K3s answers such a Service with port 8080 on every address of every node, in either edition. Passwords would cross it in plain text, without any limit of nginx.',
    example: openfaas("serviceType: 'LoadBalancer'"),
  },
  'check/operator-of-pro': {
    meaning:
      'The operator, and the Function resources that it reads, have been only in OpenFaaS Pro since 2022. The chart refuses to install the community edition with one.',
    example: openfaas('operator: { create: true }'),
  },
  'check/basic-auth-always': {
    meaning:
      'Anyone who may deploy functions can run anything on the nodes, so the interface is never open. No file in dist/ holds the password.',
    example: openfaas('basic_auth: false'),
  },
  'check/password-in-config': {
    meaning: 'Files of a platform are meant to be read, compared and kept in Git, so they hold no secrets.',
    example: openfaas("password: 'secret'"),
  },
  'check/chart-value': {
    meaning:
      'Most values of the chart follow from this config. The chart does not check its values, so it would accept wrong ones silently.',
    example: openfaas("functionNamespace: 'functions'"),
  },
};
