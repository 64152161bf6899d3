import { comment, directive, type Statement } from '../../nginx/directive.ts';
import type { Outsiders } from '../../platform/gateway/insiders.ts';
import { said } from './text.ts';

/** Lets in these networks and no other; without any, everybody. Of the rules, the first that fits counts. */
export function fromNetworks({ networks, except }: Outsiders): Statement[] {
  if (networks.length === 0) return [];
  return [
    ...(except.length === 0 ? [] : [comment('Pods are never meant.')]),
    ...except.map((network) => directive('deny', network)),
    ...networks.map((network) => directive('allow', said(network))),
    directive('deny', 'all'),
  ];
}
