let table: ReadonlyMap<string, readonly number[]> | null = null;

/** Two bytes for each character, by asking the decoder of this machine what each pair means. */
function makeTable(): ReadonlyMap<string, readonly number[]> {
  const made = new Map<string, readonly number[]>();
  const decoder = new TextDecoder('gb18030');
  for (let high = 0x81; high <= 0xfe; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1) {
      if (low !== 0x7f) made.set(decoder.decode(new Uint8Array([high, low])), [high, low]);
    }
  }
  return made;
}

/** A text as a Chinese spreadsheet program saves it: GBK. */
export function gbkBytes(text: string): Buffer {
  table ??= makeTable();
  const known = table;
  return Buffer.from(
    Array.from(text).flatMap((char) => (char < '\x80' ? [char.charCodeAt(0)] : [...known.get(char)!])),
  );
}

/** The daily table of an annotation centre: so many others, each with a row of one day, and two rows of mine. */
export function dailyTable(others: number): string {
  return [
    '用户名,项目,日期,标注数量,准确率,工时(小时)',
    ...Array.from({ length: others }, (_, n) => `工人${n},驾驶,2026-03-04,${100 + n},9${n % 10}.5%,7.5`),
    '我,驾驶,2026-03-04,120,94.5%,8',
    '我,驾驶,2026-03-05,130,95%,7',
  ].join('\r\n');
}
