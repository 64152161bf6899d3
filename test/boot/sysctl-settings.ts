/** `key = value` lines, as sysctl prints them and as its files hold them. */
export function settingsIn(text: string): Record<string, string> {
  const lines = text.matchAll(/^([a-z0-9_.-]+) *= *(.*)$/gm);
  return Object.fromEntries(
    [...lines].map(([, key = '', value = '']) => [key, value.trim().replace(/\s+/g, ' ')]),
  );
}
