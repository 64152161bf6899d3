// East Asian wide and fullwidth blocks, and emoji that are drawn as pictures by default: two columns each.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

// Marks that are drawn over the character before them.
const combining = /[\p{Mn}\p{Me}]/u;

/** How many columns of a terminal a printable character takes: 0, 1 or 2. */
export function displayWidth(character: string): number {
  if (combining.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
