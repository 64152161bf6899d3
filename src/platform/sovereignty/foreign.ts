/** Countries whose law the GDPR counts as its own or as equal to it in effect: the EEA and Switzerland. */
const eeaAndSwitzerland = new Set(
  'AT BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '),
);

/** Whether an owner in this country answers to a law outside the EEA and Switzerland. */
export function isForeign(ownerCountry: string): boolean {
  return !eeaAndSwitzerland.has(ownerCountry);
}
