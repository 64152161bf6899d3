/** OpenFaaS' own chart, as it is installed where `install` is `helm`. Its values below are those of this version. */
export const openfaasChart = {
  name: 'openfaas',
  repository: 'https://openfaas.github.io/faas-netes/',
  version: '15.0.6',
} as const;
