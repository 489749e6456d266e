/** Engines take some 100,000 arguments; this is well below. */
const CHARACTERS_AT_ONCE = 8192;

/** The text whose character codes are these bytes: ASCII, or Latin-1. */
export function textFromBytes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHARACTERS_AT_ONCE) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHARACTERS_AT_ONCE));
  }
  return text;
}
