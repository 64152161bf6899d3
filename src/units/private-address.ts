import ipaddr from 'ipaddr.js';

/** Whether an IPv4 address is only reachable within a network of its own: private, or of a carrier's NAT. */
export function isPrivateAddress(address: string): boolean {
  return ['private', 'carrierGradeNat'].includes(ipaddr.IPv4.parse(address).range());
}
