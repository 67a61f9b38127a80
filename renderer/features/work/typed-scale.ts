/**
 * A zoom as people type it: percent with or without the sign (`250`, `250 %`), or a factor (`2.5x`, `2.5×`). Null when it is none.
 */
export function typedScale(text: string): number | null {
  const found = /^\s*(\d+(?:[.,]\d+)?)\s*(%|％|x|×|倍)?\s*$/i.exec(text);
  if (!found?.[1]) return null;
  const value = Number(found[1].replace(',', '.'));
  const scale = found[2] === undefined || found[2] === '%' || found[2] === '％' ? value / 100 : value;
  return scale > 0 ? scale : null;
}
