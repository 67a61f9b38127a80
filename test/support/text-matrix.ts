import { textCodecs } from '#shared/codecs/text/text-codecs.ts';
import { textFormats } from '#shared/codecs/text/text-formats.ts';
import type { TextCodec, TextSealed } from '#shared/codecs/text/text-codec.ts';
import type { TextAnswer, TextItem, TextKind } from '#shared/domain/text.ts';
import { lossTable, type LossRow } from './loss-table.ts';
import { readRows, sampleRow, writeRows } from './text-rows.ts';

const kept = 'yes';
const gone = '-';

/** Writes one row as usual and reads it again. */
async function through(codec: TextCodec, row: TextSealed) {
  const { files, rows, loss } = await writeRows(codec, [row]);
  const read = rows === 0 ? [] : await readRows(codec, files['']!);
  const back = read.flatMap((each) => ('row' in each ? [each.row] : []));
  return { back, loss, beside: Object.keys(files).filter((name) => name !== '') };
}

/** Whether an answer comes back: `yes`, `written` where it is in the file but is read as something else, `beside`, or `-`. */
async function answerCell(codec: TextCodec, row: TextSealed, of: (answer: TextAnswer) => unknown): Promise<string> {
  const { back, loss, beside } = await through(codec, row);
  const [first] = back;
  if (first && JSON.stringify(of(first.answer ?? {})) === JSON.stringify(of(row.answer))) return kept;
  if (beside.length > 0) return `in ${beside.join(', ')}`;
  return back.length > 0 && loss.length === 0 ? 'written' : gone;
}

async function itemCell(codec: TextCodec, kind: TextKind, item: Partial<TextItem>): Promise<string> {
  const [first] = (await through(codec, sampleRow(kind, { item }))).back;
  const [[name, value]] = Object.entries(item) as [[keyof TextItem, unknown]];
  return first && JSON.stringify(first.item[name]) === JSON.stringify(value) ? kept : gone;
}

/** Which of the answers is the better one, whatever they are called. */
const betterOf =
  (row: TextSealed) =>
  ({ preferences = {} }: TextAnswer) =>
    preferences['overall'] === undefined ? null : row.item.kind;

/** The kind of task by which a format is tried for what belongs to any. */
const firstKind = (codec: TextCodec): TextKind =>
  codec.format === 'trl-preference' ? 'compare' : codec.format === 'trl-unpaired' ? 'rate' : 'write';

const compare = sampleRow('compare');
const tie = sampleRow('compare', { answer: { shown: ['a', 'b'], preferences: { overall: 0 } } });
const much = sampleRow('compare', { answer: { shown: ['a', 'b'], preferences: { overall: -3 } } });
const refused = sampleRow('write', { answer: { refused: { reason: 'too-broad', words: 'x' } } });

/** The rows: what is looked at, and how. */
const rows: readonly LossRow<TextCodec>[] = [
  { name: 'written answer', cell: (codec) => answerCell(codec, sampleRow('write'), ({ text }) => text) },
  { name: 'corrected draft', cell: (codec) => answerCell(codec, sampleRow('correct'), ({ text }) => text) },
  { name: 'categories', cell: (codec) => answerCell(codec, sampleRow('categorise'), (said) => said.categories) },
  { name: 'which of two is better', cell: (codec) => answerCell(codec, compare, betterOf(compare)) },
  { name: 'how much better', cell: (codec) => answerCell(codec, much, (said) => said.preferences) },
  { name: 'tie', cell: (codec) => answerCell(codec, tie, (said) => said.preferences) },
  { name: 'ranking', cell: (codec) => answerCell(codec, sampleRow('rank'), (said) => said.ranking) },
  { name: 'ratings', cell: (codec) => answerCell(codec, sampleRow('rate'), (said) => said.ratings) },
  {
    name: 'marked passages',
    async cell(codec) {
      const { back, loss } = await through(codec, sampleRow('mark'));
      return (back[0]?.shapes ?? []).length === 1 && loss.length === 0 ? kept : gone;
    },
  },
  {
    name: 'conversation led',
    cell: (codec) =>
      answerCell(codec, sampleRow('converse'), ({ turns }) => turns?.map(({ role, content }) => [role, content])),
  },
  { name: 'refusal with its reason', cell: (codec) => answerCell(codec, refused, (said) => said.refused) },
  {
    name: 'prompt of several turns',
    cell: (codec) =>
      itemCell(codec, firstKind(codec), {
        prompt: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Why?' },
        ],
      }),
  },
  { name: 'pictures', cell: (codec) => itemCell(codec, firstKind(codec), { images: ['a/b.png'] }) },
  { name: "machine's judgement", cell: (codec) => itemCell(codec, firstKind(codec), { machine: 'a' }) },
];

/** The loss matrix of texts as a Markdown table, computed by writing one of each as usual and reading it again. */
export function textLossMatrix(): Promise<string> {
  return lossTable(
    textFormats.map((format) => textCodecs[format]),
    rows,
  );
}
