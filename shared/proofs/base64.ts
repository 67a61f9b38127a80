import { ProofError } from './proof-error.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Standard Base64 with padding (RFC 4648 section 4). Written out because not every supported runtime has its own. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const digits = [18, 12, 6, 0].map((shift) => ALPHABET.charAt((group >> shift) & 63)).join('');
    const missing = Math.max(0, at + 3 - bytes.length);
    text += digits.slice(0, 4 - missing) + '='.repeat(missing);
  }
  return text;
}

/**
 * The bytes of a Base64 text. Only the one text that `toBase64` writes for them is taken: with padding, without spaces,
 * with unused bits zero, so that a signed line has exactly one spelling.
 * @throws ProofError `base64-malformed`
 */
export function fromBase64(text: string): Uint8Array {
  const digits = text.replace(/={1,2}$/, '');
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const char of digits) {
    const digit = ALPHABET.indexOf(char);
    if (digit < 0) throw new ProofError('base64-malformed', 'not a Base64 digit');
    held = ((held << 6) | digit) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 0xff;
    }
  }
  if (toBase64(bytes) !== text) throw new ProofError('base64-malformed', 'not canonical Base64');
  return bytes;
}
