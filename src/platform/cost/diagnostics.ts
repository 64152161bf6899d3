import { define } from '../../diagnostics/definition.ts';

const priced = (currency: string, cost: string) => ({
  config: {
    nodes: `{ 'oslo-1': { provider: 'coolvds', price: { amount: 500, currency: '${currency}' } } }`,
    cost,
  },
});

/** What `resolve` reports about prices and currencies. */
export const resolveCostDiagnostics = {
  'resolve/currency-without-rate': define<{ currency: string; own: string }>({
    severity: 'error',
    fact: ({ currency, own }) => `a price in ${currency} cannot be added to prices in ${own}`,
    hint: ({ currency }) =>
      `write the rate and its day: cost: { rates: { ${currency}: { rate: …, date: '…' } } }`,
    meaning:
      'Prices in different currencies have no sum. Fjord does not know exchange rates, because those that it had would be out of date.',
    example: priced('NOK', "{ currency: 'EUR' }"),
  }),
  'resolve/clouds-without-rate': define<{ theirs: string; own: string }>({
    severity: 'info',
    fact: ({ theirs, own }) => `the clouds' prices are in ${theirs}, so they are not compared with ${own}`,
    hint: ({ theirs }) =>
      `write the rate and its day: cost: { rates: { ${theirs}: { rate: …, date: '…' } } }`,
    meaning:
      '`fjord cost` then prints both, but cannot say which is cheaper and from how many calls on. Fjord does not know exchange rates, because those that it had would be out of date.',
    example: {
      config: {
        nodes: "{ 'oslo-1': { provider: 'coolvds', price: { amount: 500, currency: 'NOK' } } }",
        functions:
          "{ pay: { image: 'ghcr.io/acme/pay:1', traffic: { calls: 1_000_000, duration: '90ms' } } }",
      },
    },
  }),
  'resolve/rate-of-own-currency': define<{ currency: string }>({
    severity: 'error',
    fact: ({ currency }) => `a rate of ${currency} is not needed, because costs are compared in it`,
    hint: () => "remove this rate, or write the other currency's",
    meaning:
      'A rate is the price of another currency in the one that is compared in. The two may have been exchanged.',
    example: priced('NOK', "{ currency: 'NOK', rates: { NOK: { rate: 10, date: '2026-10-28' } } }"),
  }),
  'resolve/date-unreal': define<{ date: string }>({
    severity: 'error',
    fact: ({ date }) => `no calendar has the day '${date}'`,
    hint: () => "write the day of the rate, such as '2026-10-28'",
    meaning: 'The report prints the day, so that a reader knows how old the rate is.',
    example: priced('NOK', "{ rates: { USD: { rate: 10, date: '2026-02-30' } } }"),
  }),
};
