/** Formats bytes for people: `16,384`. The same in every locale. */
export function byteCount(bytes: number): string {
  return String(bytes).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 file`, `2 files`. */
export function fileCount(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}
