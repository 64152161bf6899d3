/** Secrets that can be recognized by their form. */
export const secretForms: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['a private key of age', /\bAGE-SECRET-KEY-1/i],
  ["a token of K3s' servers or agents", /\bK10[0-9a-f]{32,}::\S+/],
  ['a token of GitHub', /\b(ghp|gho|ghs|ghr|github_pat)_[A-Za-z0-9_]{20,}/],
  ['a key of AWS', /\b(AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a token of Slack', /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
  [
    'the address of a Slack webhook',
    /\bhooks\.slack\.com\/(services|workflows|triggers)\/[A-Za-z0-9/_-]{20,}/,
  ],
  ['the address of a Discord webhook', /\bdiscord(app)?\.com\/api\/webhooks\/\d+\/\S{20,}/],
  ['the address of a check of Healthchecks', /\bhc-ping\.com\/(?=[A-Za-z0-9-]*\d)[A-Za-z0-9_-]{22,36}/],
  ['a key of Stripe', /\b[sr]k_live_[A-Za-z0-9]{16,}/],
  ['a JSON Web Token', /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+/],
  ['a password in a URL', /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@'"$]+:[^\s/:@'"$]{3,}@/i],
];

/** What a variable's name ends with that holds a secret; one of `…_FILE` or `…_URL` does not. */
const secretName =
  /(^|_)(password|passwd|passphrase|token|secret|api_?key|(private|secret|access|encryption|signing)_key|credentials?)$/i;

/** The kind of secret that a value has the form of, `a token of GitHub`; undefined if it has none. */
export function secretForm(value: string): string | undefined {
  return secretForms.find(([, pattern]) => pattern.test(value))?.[0];
}

/** Whether a variable's name says that its value is a secret, and the value could be one. */
export function isNamedSecret(variable: string, value: string): boolean {
  const name = variable.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[-.]/g, '_');
  return secretName.test(name) && !/^(|true|false|\d{1,3}|\/.*|https?:\/\/.*)$/i.test(value);
}
