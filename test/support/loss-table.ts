import type { AnnotationCodec } from '#shared/codecs/codec.ts';

/** What becomes of one thing in each format. */
export interface LossRow {
  name: string;
  cell(codec: AnnotationCodec): Promise<string>;
}

/** What becomes of each thing in each format, as a Markdown table. */
export async function lossTable(codecs: readonly AnnotationCodec[], rows: readonly LossRow[]): Promise<string> {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const lines = [line(['', ...codecs.map(({ format }) => format)]), line(['---', ...codecs.map(() => '---')])];
  for (const { name, cell } of rows) {
    const cells: string[] = [];
    for (const codec of codecs) cells.push(await cell(codec));
    lines.push(line([name, ...cells]));
  }
  return lines.join('\n');
}
