/**
 * Whether the IANA time zone database has a place, and how it is rightly written where only its capitals are wrong.
 * Kubernetes looks names up as files, so that `europe/oslo` is none.
 */
export function findTimeZone(name: string): 'known' | 'unknown' | { readonly written: string } {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    // An alias resolves to another name; only capitals differ when the letters are the same.
    const sameLetters = timeZone.toLowerCase() === name.toLowerCase();
    return !sameLetters || timeZone === name ? 'known' : { written: timeZone };
  } catch (error) {
    if (error instanceof RangeError) return 'unknown';
    throw error;
  }
}
