/** What becomes of one thing in each format. */
export interface LossRow<Codec> {
  name: string;
  cell(codec: Codec): Promise<string>;
}

/** What becomes of each thing in each format, as a Markdown table. */
export async function lossTable<Codec extends { format: string }>(
  codecs: readonly Codec[],
  rows: readonly LossRow<Codec>[],
): Promise<string> {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const lines = [line(['', ...codecs.map(({ format }) => format)]), line(['---', ...codecs.map(() => '---')])];
  for (const { name, cell } of rows) {
    const cells: string[] = [];
    for (const codec of codecs) cells.push(await cell(codec));
    lines.push(line([name, ...cells]));
  }
  return lines.join('\n');
}
