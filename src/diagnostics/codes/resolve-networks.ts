import { define } from '../definition.ts';

type Purpose = 'allowed' | 'exempt' | 'trusted';

interface InsideParams {
  readonly network: string;
  readonly range: string;
  readonly purpose: Purpose;
}

/** Completes "the addresses of the pods, which are". */
const never: Readonly<Record<Purpose, string>> = {
  allowed: 'not let in',
  exempt: 'limited all the same',
  trusted: 'not believed',
};

/** Those of lists of networks. */
export const networksCodes = {
  'resolve/everybody-exempt': define<{ network: string }>({
    severity: 'warning',
    fact: ({ network }) =>
      `'${network}' takes the limits away from everybody on ${network.includes(':') ? 'IPv6' : 'IPv4'}`,
    hint: () => 'name the networks that you mean, or raise gateway.rateLimit and gateway.connectionLimit',
  }),
  'resolve/network-mapped': define<{ network: string; meant: string }>({
    severity: 'error',
    fact: ({ network }) => `'${network}' is IPv4 written as IPv6, and no client has such an address`,
    hint: ({ meant }) => `write '${meant}'`,
  }),
  'resolve/network-of-everybody': define<{ network: string; family: string; other: string | undefined }>({
    severity: 'warning',
    fact: ({ network, family, other }) =>
      other === undefined
        ? `'${network}' lets in everybody on ${family} but pods`
        : `'${network}' lets in everybody on ${family} and nobody on ${other}`,
    hint: ({ other }) =>
      other === undefined
        ? 'leave networks out: then everybody may call'
        : `leave networks out: then everybody may call, on ${other} too`,
  }),
  'resolve/network-of-pods': define<InsideParams & { readonly whose: string }>({
    severity: 'error',
    fact: ({ network, whose, range, purpose }) =>
      `'${network}' lies in ${addressesOf(whose, range)}, which are ${never[purpose]}`,
    hint: () => 'remove it; which function may call which is said by calls',
  }),
  'resolve/node-not-kept-out': define<{ name: string }>({
    severity: 'warning',
    fact: ({ name }) => `no list of networks keeps out the pods of '${name}', whose address is not known`,
    hint: ({ name }) => `set nodes.${name}.address`,
  }),
  'resolve/pods-in-network': define<InsideParams & { readonly whose: readonly string[] }>({
    severity: 'warning',
    fact: ({ network, whose, range, purpose }) =>
      `'${network}' contains ${addressesOf(whose.join(' and '), range)}, which are ${never[purpose]}`,
    hint: () => 'write only the networks of those outside that you mean',
  }),
};

function addressesOf(whose: string, range: string): string {
  return `the addresses of ${whose} (${range})`;
}
