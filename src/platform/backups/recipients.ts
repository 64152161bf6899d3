const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/**
 * Whether the last six characters of an age recipient are the checksum of the others, by Bech32 (BIP 173). An SSH key
 * has no checksum.
 */
export function isSpeltRight(recipient: string): boolean {
  if (!recipient.startsWith('age1')) return true;
  const prefix = [...'age'].map((character) => character.charCodeAt(0));
  const values = [
    ...prefix.map((code) => code >> 5),
    0,
    ...prefix.map((code) => code & 31),
    ...[...recipient.slice('age1'.length)].map((character) => alphabet.indexOf(character)),
  ];
  return checksum(values) === 1;
}

function checksum(values: readonly number[]): number {
  return values.reduce((sum, value) => {
    const top = sum >>> 25;
    const shifted = ((sum & 0x1ffffff) << 5) ^ value;
    return generators.reduce(
      (mixed, generator, bit) => ((top >> bit) & 1 ? mixed ^ generator : mixed),
      shifted,
    );
  }, 1);
}
