import type { Json } from '../../domain/json.ts';
import { candidate, type TextAnswer, textAnswer, type TextItem, textItem } from '../../domain/text.ts';
import { CodecError, type SourceFile } from '../codec.ts';
import { formulaHarmless, formulaUndone } from '../formula-cells.codec.ts';
import { parseJsonText } from '../json-text.ts';
import {
  createTextLossCounter,
  type TextCodec,
  type TextLossCounter,
  type TextRead,
  type TextSealed,
} from './text-codec.ts';
import { rowsOf } from './text-rows.codec.ts';
import { countFields, countUnheld, isAnswered } from './written-rows.codec.ts';

/** Columns that hold a text as it is, and those that hold JSON; in the order they are written. */
const textColumns = ['name', 'kind', 'prompt', 'text', 'refused', 'refusal_words', 'reason'] as const;
const jsonColumns = ['categories', 'shown', 'preferences', 'ranking', 'ratings', 'sources', 'turns'] as const;
const itemColumns = ['turns_of_prompt', 'candidates', 'images', 'machine'] as const;

const columns = [...textColumns, ...jsonColumns, ...itemColumns];

/** Tables of tasks and answers for spreadsheets: texts as they are, lists as JSON. Cells that a spreadsheet would calculate are defused. */
export const textCsvCodec: TextCodec = tableCodec('csv', ',');
export const textTsvCodec: TextCodec = tableCodec('tsv', '\t');

function tableCodec(format: 'csv' | 'tsv', comma: string): TextCodec {
  return {
    format,
    ending: format,
    choices: [{ name: 'columns', answers: ['keep', 'drop'] }],
    likeness: (path, head) =>
      path.toLowerCase().endsWith(`.${format}`) &&
      head.replace('\uFEFF', '').startsWith(columns.slice(0, 3).join(comma))
        ? 1
        : 0,
    read: (file) => readTable(file),
    async *write(rows, choices) {
      const loss = createTextLossCounter();
      const kept = choices['columns'] === 'keep';
      let [count, extra] = [0, null as readonly string[] | null];
      for await (const row of rows) {
        if (!isAnswered(row, loss)) continue;
        // The first row says which columns of its own the file has; the others follow it.
        if (extra === null) {
          extra = kept ? plainColumns(row.item) : [];
          yield { path: '', text: `\uFEFF${line([...columns, ...extra], comma)}` };
        }
        countUnheld(
          row,
          [
            'candidates',
            'reason',
            'ratings',
            'ranking',
            'categories',
            'criteria',
            'sources',
            'turn-ratings',
            'images',
            'models',
            'machine',
          ],
          loss,
        );
        countFields(row, heldOf(row.item, extra), loss);
        count += 1;
        yield {
          path: '',
          text: line(
            [...cellsOf(row), ...extra.map((name) => textOfCell(row.item.extra[name]))].map((cell) => safe(cell, loss)),
            comma,
          ),
        };
      }
      return { rows: count, loss: loss.list() };
    },
  };
}

/** Columns of a row as it came that hold one value each, and have not the name of one of ours. */
function plainColumns({ extra }: TextItem): string[] {
  return Object.keys(extra).filter((name) => !(columns as string[]).includes(name) && typeof extra[name] !== 'object');
}

/** What a row of the table holds of a row as it came: its own columns, and all of the item. */
function heldOf({ extra, name, prompt, candidates }: TextItem, columnsKept: readonly string[]): Record<string, Json> {
  const kept = columnsKept.map((column) => [column, extra[column] ?? null] as const);
  const texts = candidates.map(({ content }) => (typeof content === 'string' ? content : content.map(wordsOf)));
  return { ...Object.fromEntries(kept), 'the item': [name, prompt.map(wordsOf), texts] };
}

const wordsOf = ({ content }: TextItem['prompt'][number]): string => content;

function safe(cell: string, loss: TextLossCounter): string {
  const harmless = formulaHarmless(cell);
  if (harmless !== cell) loss.add('formula-defused');
  return harmless;
}

const textOfCell = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

const jsonCell = (value: Json | undefined): string => (value === undefined ? '' : JSON.stringify(value));

function cellsOf({ item, answer }: TextSealed): string[] {
  const [only] = item.prompt;
  const isPlain = item.prompt.length === 1 && only?.role === 'user';
  return [
    ...[item.name, item.kind, isPlain ? only.content : '', answer.text ?? ''],
    ...[answer.refused?.reason ?? '', answer.refused?.words ?? '', answer.reason ?? ''],
    ...jsonColumns.map((name) => jsonCell(answer[name] as Json | undefined)),
    isPlain || item.prompt.length === 0 ? '' : JSON.stringify(item.prompt),
    item.candidates.length === 0 ? '' : JSON.stringify(item.candidates),
    item.images.length === 0 ? '' : JSON.stringify(item.images),
    item.machine === null ? '' : JSON.stringify(item.machine),
  ];
}

function line(cells: readonly string[], comma: string): string {
  const needed = comma === '\t' ? /["\t\r\n]/ : /[",\r\n]/;
  return `${cells.map((cell) => (needed.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(comma)}\r\n`;
}

async function* readTable(file: SourceFile): AsyncGenerator<TextRead> {
  for await (const row of rowsOf(file)) {
    if ('why' in row) {
      yield { failed: row };
      continue;
    }
    const read = readRow(row.value);
    yield read === null
      ? { failed: { where: row.where, why: 'columns-wrong' } }
      : { row: { where: row.where, ...read } };
  }
}

function readRow(value: Record<string, Json>): { item: TextItem; answer: TextAnswer } | null {
  const cell = (name: string): string => {
    const text = value[name];
    return typeof text === 'string' ? formulaUndone(text) : '';
  };
  try {
    const parsed = (name: string): Json | undefined => (cell(name) === '' ? undefined : parseJsonText(cell(name)));
    const turns = parsed('turns_of_prompt');
    const prompt = turns ?? (cell('prompt') === '' ? [] : [{ role: 'user', content: cell('prompt') }]);
    const own: readonly string[] = columns;
    const item = textItem.safeParse({
      ...{ version: 1, kind: cell('kind'), name: cell('name'), prompt, images: parsed('images') ?? [] },
      ...{ candidates: candidate.array().parse(parsed('candidates') ?? []), machine: parsed('machine') ?? null },
      extra: Object.fromEntries(
        Object.keys(value)
          .filter((name) => !own.includes(name))
          .map((name) => [name, cell(name)]),
      ),
    });
    const said = Object.fromEntries(jsonColumns.flatMap((name) => (cell(name) === '' ? [] : [[name, parsed(name)]])));
    const answer = textAnswer.safeParse({
      ...said,
      ...(cell('text') !== '' && { text: cell('text') }),
      ...(cell('reason') !== '' && { reason: cell('reason') }),
      ...(cell('refused') !== '' && { refused: { reason: cell('refused'), words: cell('refusal_words') } }),
    });
    return item.success && answer.success ? { item: item.data, answer: answer.data } : null;
  } catch (error) {
    if (error instanceof CodecError || (error as Error).name === 'ZodError') return null;
    throw error;
  }
}
