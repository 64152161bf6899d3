/** Formats bytes for people: `16,384`. The same in every locale. */
export function byteCount(bytes: number): string {
  return String(bytes).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 file`, `2 files`. */
export function fileCount(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}

/** Formats an amount of money for people: `1,234.50`. The same in every locale. */
export function money(amount: number): string {
  const [whole = '', cents = ''] = amount.toFixed(2).split('.');
  return `${byteCount(Number(whole))}.${cents}`;
}

/** Formats a number with at most two digits behind the point: `7.61`, `1,250`; below a tenth with three: `0.056`, `<0.001`. */
export function decimal(value: number): string {
  if (value > 0 && value < 0.001) return '<0.001';
  if (value < 0.1) return String(Number(value.toFixed(3)));
  const [whole = '', behind] = String(Math.round(value * 100) / 100).split('.');
  return behind === undefined ? byteCount(Number(whole)) : `${byteCount(Number(whole))}.${behind}`;
}
