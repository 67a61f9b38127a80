/** A text as kept: null when nothing was written. */
export function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
