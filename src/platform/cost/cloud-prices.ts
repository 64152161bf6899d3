import type { Cloud, Meter, Source } from './cloud.ts';

const flat = (price: number): Meter['tiers'] => [{ from: 0, price }];

const million = 1_000_000;
const kib = 1024;

const awsList = (service: string, version: string, asOf: string, note = ''): Source => ({
  url: `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/${service}/${version}/eu-west-1/index.json`,
  asOf,
  note: `the price list, as a public repository keeps it${note}`,
});

/** In github.com/henderjm/world-cup-sweepstake of 4 October 2026 and github.com/mamtha4u/SDLC of 2 October 2026. */
const twoCopies = '; the same in two repositories';

const freeByPage = '; what is free by aws.amazon.com/lambda/pricing of 2026-09-20, as a repository quotes it';

const awsSizes: Source = {
  url: 'https://aws.amazon.com/lambda/pricing/',
  asOf: undefined,
  note: 'a stored copy of the page without a date',
};

const azureRetail = (note: string): Source => ({
  url: 'https://prices.azure.com/api/retail/prices',
  asOf: '2026-09-24',
  note: `the price API, as a public repository keeps its answers${note}`,
});

const googleSkus: Source = {
  url: 'https://cloud.google.com/run/pricing',
  asOf: '2026-09-26',
  note: 'the billing catalogue, as two public repositories keep it; tier 1, which europe-west1 is in',
};

const googleComputing: Source = {
  ...googleSkus,
  note: `${googleSkus.note}; what is free by a stored copy of the page without a date`,
};

const cloudflarePage: Source = {
  url: 'https://developers.cloudflare.com/workers/platform/pricing/',
  asOf: '2026-08-03',
  note: "the page's source in Cloudflare's own repository, without a date; a public page that read it on the day given has the same figures",
};

/**
 * What public clouds bill, in Europe where they have a region there. Read on 28 November 2026 from copies in public
 * repositories and archives, because the providers' own pages could not be reached; each price says so.
 */
export const clouds: readonly Cloud[] = [
  {
    name: 'aws',
    title: 'AWS Lambda + HTTP API',
    region: 'eu-west-1 (Ireland)',
    currency: 'USD',
    subscription: undefined,
    calls: {
      free: million,
      tiers: flat(0.2 / million),
      source: awsList('AWSLambda', '20261001184746', '2026-10-01', `${twoCopies}${freeByPage}`),
    },
    // Its free million a month is for an account's first year only, so it is not counted.
    gateway: {
      free: 0,
      tiers: [
        { from: 0, price: 1.11 / million },
        { from: 300 * million, price: 1 / million },
      ],
      bytes: 512 * kib,
      source: awsList('AmazonApiGateway', '20261002231501', '2026-10-02', twoCopies),
    },
    memory: {
      free: 400_000,
      tiers: [
        { from: 0, price: 0.0000166667 },
        { from: 6_000 * million, price: 0.000015 },
        { from: 15_000 * million, price: 0.0000133334 },
      ],
      counts: 'allocated',
      source: awsList('AWSLambda', '20261001184746', '2026-10-01', `, for x86${twoCopies}${freeByPage}`),
    },
    processors: undefined,
    cpuTime: undefined,
    egress: {
      free: 100,
      tiers: flat(0.09),
      source: awsList(
        'AWSDataTransfer',
        '20260916132208',
        '2026-09-16',
        '; the price of the first 10 TiB, further ones cost less; the free 100 GB by aws.amazon.com/s3/pricing',
      ),
    },
    // The integration of an HTTP API waits 30 seconds. Source: docs.aws.amazon.com, "Quotas for HTTP APIs".
    duration: { step: 1, least: 1, longest: 30_000 },
    sizes: { step: 1, least: 128, most: 10_240, source: awsSizes },
  },
  {
    name: 'azure',
    title: 'Azure Functions, Consumption',
    region: 'East US',
    currency: 'USD',
    subscription: undefined,
    calls: {
      free: million,
      tiers: flat(0.2 / million),
      source: azureRetail('; of East US: no copy for a region in Europe was found'),
    },
    gateway: undefined,
    memory: {
      free: 400_000,
      tiers: flat(0.000016),
      counts: 'used',
      source: azureRetail('; of East US: no copy for a region in Europe was found'),
    },
    processors: undefined,
    cpuTime: undefined,
    egress: {
      free: 100,
      tiers: [
        { from: 0, price: 0.087 },
        { from: 10_335, price: 0.083 },
        { from: 51_295, price: 0.07 },
        { from: 153_695, price: 0.05 },
      ],
      source: azureRetail('; zone 1, which the regions in Europe are in'),
    },
    // learn.microsoft.com, "Azure Functions hosting options": 10 minutes in this plan.
    duration: { step: 1, least: 100, longest: 600_000 },
    sizes: {
      step: 128,
      least: 128,
      most: 1536,
      source: {
        url: 'https://azure.microsoft.com/en-us/pricing/details/functions/',
        asOf: undefined,
        note: 'a stored copy of the page without a date',
      },
    },
  },
  {
    name: 'google',
    title: 'Google Cloud Run functions',
    region: 'europe-west1 (Belgium)',
    currency: 'USD',
    subscription: undefined,
    calls: { free: 2 * million, tiers: flat(0.4 / million), source: googleSkus },
    gateway: undefined,
    memory: { free: 360_000, tiers: flat(0.0000025), counts: 'allocated', source: googleComputing },
    processors: {
      free: 180_000,
      tiers: flat(0.000024),
      byMemory: [
        { upTo: 128, processors: 0.083 },
        { upTo: 256, processors: 0.167 },
        { upTo: 512, processors: 0.333 },
        { upTo: 1024, processors: 0.583 },
        { upTo: 4096, processors: 1 },
        { upTo: 8192, processors: 2 },
        { upTo: 16_384, processors: 4 },
        { upTo: 24_576, processors: 6 },
        { upTo: 32_768, processors: 8 },
      ],
      source: googleComputing,
    },
    cpuTime: undefined,
    egress: {
      free: 0,
      tiers: [
        { from: 0, price: 0.105 },
        { from: 10_240, price: 0.08 },
        { from: 153_600, price: 0.06 },
      ],
      source: { ...googleSkus, asOf: '2026-09-24', note: `${googleSkus.note}; from Europe to Europe` },
    },
    duration: { step: 100, least: 100, longest: undefined },
    sizes: {
      step: 1,
      least: 128,
      most: 32_768,
      source: {
        url: 'https://cloud.google.com/run/docs/configuring/services/memory-limits',
        asOf: undefined,
        note: 'a stored copy of the page without a date',
      },
    },
  },
  {
    name: 'cloudflare',
    title: 'Cloudflare Workers, Paid',
    region: 'its whole network: a region in Europe is not part of this plan',
    currency: 'USD',
    subscription: { price: 5, source: cloudflarePage },
    calls: { free: 10 * million, tiers: flat(0.3 / million), source: cloudflarePage },
    gateway: undefined,
    memory: undefined,
    processors: undefined,
    cpuTime: { free: 30_000, tiers: flat(0.02 / 1000), source: cloudflarePage },
    egress: undefined,
    duration: { step: 1, least: 1, longest: undefined },
    sizes: {
      step: 128,
      least: 128,
      most: 128,
      source: {
        url: 'https://developers.cloudflare.com/workers/platform/limits/',
        asOf: undefined,
        note: 'a stored copy of the page without a date',
      },
    },
  },
];
