import { isIP } from 'node:net';

/** A syntax that Kubernetes asks of a string beyond its being one. */
export interface Syntax {
  /** What the string must be, to stand after «is not». */
  readonly name: string;
  readonly test: (text: string) => boolean;
}

const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const label1035 = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const qualifiedName = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const quantity = /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const portName = /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/;

function isSubdomain(text: string): boolean {
  return text.length <= 253 && subdomain.test(text);
}

function isLabelKey(text: string): boolean {
  const [name = '', prefix, ...more] = text.split('/').reverse();
  return more.length === 0 && qualifiedName.test(name) && (prefix === undefined || isSubdomain(prefix));
}

function isCidr(text: string): boolean {
  const [address = '', bits = '', ...more] = text.split('/');
  const width = { 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return more.length === 0 && /^(0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= width;
}

/**
 * The syntaxes by the name that the schemas give them as `format`, as the API server checks them
 * (`k8s.io/apimachinery/pkg/util/validation`, `pkg/apis/core/validation`).
 */
export const kubernetesSyntax = {
  'annotation-key': {
    name: 'an annotation key ([prefix/]name, the name at most 63 of a-z, A-Z, 0-9, "-", "_" and ".")',
    // Unlike a label's, the prefix may have capitals.
    test: (text) => isLabelKey(text.toLowerCase()),
  },
  byte: {
    name: 'base64',
    test: (text) => /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text),
  },
  cidr: { name: 'an address range such as "10.42.0.0/16"', test: isCidr },
  'cluster-ip': {
    name: 'an IP address, "None" or empty',
    test: (text) => text === '' || text === 'None' || isIP(text) !== 0,
  },
  'container-resource': {
    name: 'a resource of a container (cpu, memory, ephemeral-storage, hugepages-<size> or <domain>/<name>)',
    test: (text) =>
      /^(cpu|memory|ephemeral-storage|hugepages-.+)$/.test(text) || (text.includes('/') && isLabelKey(text)),
  },
  'data-key': {
    name: 'a key of a ConfigMap or Secret (at most 253 of a-z, A-Z, 0-9, "-", "_" and ".", not "." or "..")',
    test: (text) => /^[-._a-zA-Z0-9]{1,253}$/.test(text) && !/^\.\.?$|^\.\./.test(text),
  },
  'dns-1035-label': {
    name: 'an RFC 1035 label (at most 63 of a-z, 0-9 and "-", a letter first, no "-" last)',
    test: (text) => label1035.test(text),
  },
  'dns-label': {
    name: 'an RFC 1123 label (at most 63 of a-z, 0-9 and "-", no "-" first or last)',
    test: (text) => label.test(text),
  },
  'dns-subdomain': {
    name: 'a DNS subdomain (at most 253 of a-z, 0-9, "-" and ".", each part with a letter or digit first and last)',
    test: isSubdomain,
  },
  'env-name': {
    name: 'a name of an environment variable (printable ASCII without "=")',
    // Since RelaxedEnvironmentVariableValidation, on by default from 1.32.
    test: (text) => /^[ -<>-~]+$/.test(text),
  },
  ip: { name: 'an IP address', test: (text) => isIP(text) !== 0 },
  'label-key': {
    name: 'a label key ([prefix/]name, the prefix a DNS subdomain, the name at most 63 of a-z, A-Z, 0-9, "-", "_" and ".")',
    test: isLabelKey,
  },
  'label-value': {
    name: 'a label value (at most 63 of a-z, A-Z, 0-9, "-", "_" and ".", a letter or digit first and last)',
    test: (text) => text === '' || qualifiedName.test(text),
  },
  'path-segment': {
    name: 'a part of a path (not "." or "..", without "/" and "%")',
    test: (text) => text !== '' && text !== '.' && text !== '..' && !/[/%]/.test(text),
  },
  percentage: { name: 'a percentage such as "25%"', test: (text) => /^\d+%$/.test(text) },
  'port-name': {
    name: 'a port name (at most 15 of a-z, 0-9 and "-", with a letter, no "-" first, last or twice in a row)',
    test: (text) => portName.test(text),
  },
  quantity: { name: 'a quantity such as "100m", "0.5" or "128Mi"', test: (text) => quantity.test(text) },
  'relative-path': {
    name: 'a relative path without ".."',
    test: (text) => text !== '' && !text.startsWith('/') && !text.split('/').includes('..'),
  },
} as const satisfies Readonly<Record<string, Syntax>>;

export type SyntaxName = keyof typeof kubernetesSyntax;

/** The formats of the schemas of Kubernetes, as ajv takes them. */
export const kubernetesFormats = {
  ...(Object.fromEntries(Object.entries(kubernetesSyntax).map(([key, { test }]) => [key, test])) as Record<
    SyntaxName,
    (text: string) => boolean
  >),
  int32: { type: 'number', validate: (value: number) => Math.abs(value) < 2 ** 31 },
} as const;
