import type { Json } from '../../domain/json.ts';
import type { ExchangeItem, LossCounter } from '../codec.ts';
import { keptOf, type Row } from '../image/json-objects.codec.ts';
import { ambiguousMeta } from '../image/label-studio-read.codec.ts';
import { answerFields } from '../image/label-studio-write.codec.ts';
import { isPlainObject } from '../json-text.ts';
import { soundFormatName, tierControl } from './label-studio-audio-read.codec.ts';
import { countUnheldItem, countUnheldOf, type Segment, segmentsOf, soundOfItem } from './spans.codec.ts';

/** Names that results give their controls, where the file they came from had none. */
const controls = { label: 'labels', sound: 'audio', text: 'transcription' } as const;

/** A task with its annotation and predictions, and how many segments a person made in it. */
export function soundTaskOf(item: ExchangeItem, loss: LossCounter): { task: Row; objects: number } {
  const { annotation, results, predictions, ...kept } = keptOf(item, soundFormatName);
  countUnheldItem(loss, item, soundFormatName, true);
  const segments = segmentsOf(item, loss);
  const result = [...resultsOf(segments, item, loss), ...(Array.isArray(results) ? results : [])];
  // A task that nobody had annotated stays one.
  const isOpen = result.length === 0 && annotation === undefined && Object.keys(kept).length > 0;
  const task = {
    ...kept,
    data: kept['data'] ?? { [controls.sound]: item.name },
    annotations: isOpen ? [] : [{ ...(isPlainObject(annotation) && annotation), result }],
    predictions: predictionsOf(item, Array.isArray(predictions) ? predictions : [], loss),
  };
  return { task, objects: segments.length };
}

function resultsOf(segments: readonly Segment[], item: ExchangeItem, loss: LossCounter): Row[] {
  const given = new Set<string>();
  const results: Row[] = [];
  for (let i = 0; i < segments.length; i += 1) {
    const segment = segments[i]!;
    const labels = segment.label === null ? [] : [segment.label];
    countUnheldOf(loss, segment, soundFormatName, []);
    while (isSameRegion(segment, segments[i + 1])) labels.push(segments[(i += 1)]!.label!);
    const kept = keptOf(segment, soundFormatName)['id'];
    const id = typeof kept === 'string' && !given.has(kept) ? kept : segment.id;
    given.add(id);
    results.push(...regionResults(segment, labels, id, item, loss));
  }
  return results;
}

/** Whether two segments are one region with two classes: the same id, place and answers. */
function isSameRegion(segment: Segment, next: Segment | undefined): boolean {
  if (next === undefined || segment.label === null || next.label === null) return false;
  const [id, other] = [keptOf(segment, soundFormatName)['id'], keptOf(next, soundFormatName)['id']];
  if (id === undefined || id !== other) return false;
  const said = ({ geometry, attributes, text }: Segment) => JSON.stringify([geometry, attributes, text ?? null]);
  return said(segment) === said(next);
}

function regionResults(
  segment: Segment,
  labels: readonly string[],
  id: string,
  item: ExchangeItem,
  loss: LossCounter,
): Row[] {
  const { rate, frames } = soundOfItem(item);
  const { start, end, tier, channel } = segment.geometry;
  const { prediction: _, value: keptValue, meta: keptMeta, ...kept } = keptOf(segment, soundFormatName);
  const place: Row = {
    ...(isPlainObject(keptValue) && keptValue),
    start: start / rate,
    end: end / rate,
    ...(channel !== null && { channel }),
  };
  const shared: Row = {
    from_name: controls.label,
    to_name: controls.sound,
    ...kept,
    id,
    ...(frames !== null && { original_length: frames / rate }),
  };
  const note = 'ambiguous' in segment ? segment.ambiguous : undefined;
  const meta = {
    ...(isPlainObject(keptMeta) && keptMeta),
    ...(note !== undefined && { text: [note], [ambiguousMeta]: true }),
  };
  const score = 'score' in segment && segment.score !== null ? { score: segment.score } : {};
  const drawn = {
    ...shared,
    ...score,
    ...(Object.keys(meta).length > 0 && { meta }),
    type: labels.length === 0 ? 'audio' : 'labels',
    value: labels.length === 0 ? place : { ...place, labels: [...labels] },
  };
  const { score: __, meta: ___, ...rest } = { ...shared, score: 0, meta: 0 };
  const answer = (name: string, type: string, said: Row): Row => ({
    ...rest,
    from_name: name,
    type,
    value: { ...place, ...said },
  });
  if (segment.text === '') loss.add('empty-text');
  return [
    drawn,
    ...(tier === '' ? [] : [answer(tierControl, 'choices', { choices: [tier] })]),
    ...((segment.text ?? '') === '' ? [] : [answer(controls.text, 'textarea', { text: [segment.text!] })]),
    ...Object.entries(segment.attributes).map(([name, value]) => {
      const [type, said] = answerFields(value, undefined, null);
      // Texts are transcripts; what was chosen is no text.
      return type === 'textarea' ? answer(name, 'choices', { choices: said['text']! }) : answer(name, type, said);
    }),
  ];
}

/** Predictions as they were told apart in the file, or one for each model. */
function predictionsOf(item: ExchangeItem, kept: readonly Json[], loss: LossCounter): Row[] {
  const groups = new Map<string, { fields: Row; proposals: Segment[] }>();
  kept.forEach((fields, i) => groups.set(`kept ${i}`, { fields: isPlainObject(fields) ? fields : {}, proposals: [] }));
  for (const one of item.proposals ?? []) {
    if (one.geometry.type !== 'span') {
      loss.add('proposal');
      continue;
    }
    const proposal = { ...one, geometry: one.geometry };
    const index = keptOf(proposal, soundFormatName)['prediction'];
    const known = typeof index === 'number' ? groups.get(`kept ${index}`) : undefined;
    const key = `model ${proposal.model ?? ''}`;
    const group = known ?? groups.get(key);
    if (group !== undefined) group.proposals.push(proposal);
    else
      groups.set(key, {
        fields: { ...(proposal.model !== null && { model_version: proposal.model }) },
        proposals: [proposal],
      });
  }
  return [...groups.values()].map(({ fields, proposals }) => ({ ...fields, result: resultsOf(proposals, item, loss) }));
}
