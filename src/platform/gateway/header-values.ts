/** The values that browsers know, by header. They ignore any other, which then protects nobody. */
const values: Readonly<Record<string, readonly string[]>> = {
  'x-content-type-options': ['nosniff'],
  'x-frame-options': ['DENY', 'SAMEORIGIN'],
  'cross-origin-opener-policy': [
    'same-origin',
    'same-origin-allow-popups',
    'noopener-allow-popups',
    'unsafe-none',
  ],
  'cross-origin-embedder-policy': ['require-corp', 'credentialless', 'unsafe-none'],
  'cross-origin-resource-policy': ['same-origin', 'same-site', 'cross-origin'],
};

/** Referrer-Policy may list several: a browser takes the last one that it knows. */
const referrers = [
  'no-referrer',
  'no-referrer-when-downgrade',
  'origin',
  'origin-when-cross-origin',
  'same-origin',
  'strict-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
];

/** Keywords of a Content-Security-Policy that browsers read as the name of a host if they have no quotes. */
const keyword =
  /(?<=\s)(self|none|unsafe-inline|unsafe-eval|strict-dynamic|report-sample|unsafe-hashes|wasm-unsafe-eval)(?=\s|;|$)/i;

/** A value that a browser would read, where this one is ignored; `undefined` if it is not. */
export function expectedOf(header: string, value: string): string | undefined {
  const known = values[header];
  if (known !== undefined) {
    return known.some((one) => one.toLowerCase() === value.toLowerCase()) ? undefined : known.join(' or ');
  }
  if (header === 'referrer-policy') {
    const last = value.split(/\s*,\s*/).at(-1) ?? '';
    return referrers.includes(last.toLowerCase()) ? undefined : `a policy such as '${nearestPolicy(last)}'`;
  }
  if (/^content-security-policy(-report-only)?$/.test(header)) return expectedPolicy(value);
  if (header === 'permissions-policy') {
    return value.split(/\s*,\s*/).every((entry) => /^[a-z][a-z-]*=(\*|\(.*\)|self|"[^"]*")/.test(entry))
      ? undefined
      : 'features with lists in brackets, such as camera=(), geolocation=(self)';
  }
  return undefined;
}

function nearestPolicy(written: string): string {
  return (
    referrers.find((policy) => policy.startsWith(written.toLowerCase()) && written !== '') ?? 'no-referrer'
  );
}

function expectedPolicy(value: string): string | undefined {
  const bare = keyword.exec(value)?.[1];
  if (bare !== undefined) return `'${bare}' in single quotes`;
  const directives = value.split(';').map((one) => one.trim());
  const wrong = directives.find((one) => one !== '' && !/^[a-z][a-z-]*(\s|$)/i.test(one));
  return wrong === undefined ? undefined : "directives such as default-src 'self', with ; between them";
}
