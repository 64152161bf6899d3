/** The European Economic Area: the EU, Iceland, Liechtenstein and Norway. */
const eea = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '),
);

/** True if a law outside the EEA and Switzerland applies to an owner in this country. */
export function isForeign(ownerCountry: string): boolean {
  return !eea.has(ownerCountry) && ownerCountry !== 'CH';
}

/** True if a list such as `['EEA', 'CH']` has the country. */
export function allowsCountry(countries: readonly string[], country: string): boolean {
  return countries.includes(country) || (countries.includes('EEA') && eea.has(country));
}
