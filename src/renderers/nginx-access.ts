import { directive, type Statement } from '../nginx/directive.ts';
import { said } from './nginx-text.ts';

/** Lets in these networks and no other; without any, everybody. */
export function fromNetworks(networks: readonly string[]): Statement[] {
  if (networks.length === 0) return [];
  return [...networks.map((network) => directive('allow', said(network))), directive('deny', 'all')];
}
