import { z } from 'zod';
import { passageGeometry, type Shape, type ShapeId } from '../../domain/annotation.ts';
import { json, type Json } from '../../domain/json.ts';
import { textAnswer, textItem } from '../../domain/text.ts';
import { passagesOf } from '../../rules/text-breaches.rules.ts';
import { createTextLossCounter, type TextCodec, type TextRead, type TextSealed } from './text-codec.ts';
import { rowsOf } from './text-rows.codec.ts';
import { jsonLine } from './written-rows.codec.ts';

/** One row as it is written: everything there is, so that nothing is lost. */
const ownRow = z.strictObject({
  item: textItem,
  answer: textAnswer,
  passages: z.array(
    z.strictObject({
      label: z.string().max(200).nullable(),
      ...passageGeometry.shape,
      attributes: z.record(z.string(), json),
      ambiguous: z.string().min(1).max(2000).optional(),
    }),
  ),
});

type OwnRow = z.infer<typeof ownRow>;

/** JSON Lines of our own: `{"item", "answer", "passages"}`, see shared/domain/text.ts. Nothing is lost but ids of shapes. */
export const ownLinesCodec: TextCodec = {
  format: 'jsonl',
  ending: 'jsonl',
  choices: [],
  likeness: (path, head) => (/\.jsonl?$/i.test(path) && /^\s*\{"item":\{/.test(head) ? 1 : 0),
  async *read(file, { newId }) {
    for await (const row of rowsOf(file)) {
      if ('why' in row) yield { failed: row };
      else yield readRow(row.where, row.value, newId);
    }
  },
  async *write(rows) {
    let count = 0;
    for await (const row of rows) {
      count += 1;
      yield { path: '', text: jsonLine(written(row) as Json) };
    }
    return { rows: count, loss: createTextLossCounter().list() };
  },
};

function readRow(where: string, value: Json, newId: () => string): TextRead {
  const parsed = ownRow.safeParse(value);
  if (!parsed.success) return { failed: { where, why: 'columns-wrong' } };
  const { item, answer, passages } = parsed.data;
  const shapes = passages.map(({ label, attributes, ambiguous, ...geometry }): Shape => ({
    ...{ id: newId() as ShapeId, label, geometry, attributes, origin: 'imported' },
    ...(ambiguous !== undefined && { ambiguous }),
  }));
  return { row: { where, item, answer, shapes } };
}

function written({ item, answer, shapes }: TextSealed): OwnRow {
  const passages = passagesOf({ version: 1, shapes: [...shapes] }).map(
    ({ label, geometry, attributes, ambiguous }) => ({
      ...{ label, ...geometry, attributes },
      ...(ambiguous !== undefined && { ambiguous }),
    }),
  );
  return { item, answer, passages };
}
