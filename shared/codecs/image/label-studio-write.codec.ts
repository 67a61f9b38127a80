import type { Proposal, Shape } from '../../domain/annotation.ts';
import type { AttributeSpec } from '../../domain/label-set.ts';
import type { Json } from '../../domain/json.ts';
import type { ExchangeItem, LossCounter } from '../codec.ts';
import { isPlainObject } from '../json-text.ts';
import { keptOf } from './json-objects.codec.ts';
import { ambiguousMeta, formatName } from './label-studio-read.codec.ts';
import { regionsOf, type Size } from './label-studio-regions.codec.ts';
import { foreignFields } from './row-reading.codec.ts';
import { textOfValue } from './voc-objects.codec.ts';

type Fields = { [name: string]: Json };

/** What is written needs beside a shape. */
export interface Writing {
  loss: LossCounter;
  /** What a class asks of its objects. */
  specsOf(label: string | null): readonly AttributeSpec[];
}

/** Names that results give their controls, where the file they came from had none. */
const controls = { label: 'label', tag: 'tags', picture: 'image' } as const;

/** A task with its annotation and predictions, and how many objects they hold. */
export function taskOf(item: ExchangeItem, writing: Writing): { task: Fields; objects: number } {
  const { annotation, results, predictions, ...kept } = keptOf(item, formatName);
  const foreign = foreignFields(item.extra, formatName);
  if (foreign > 0) writing.loss.add('field', foreign);
  if (item.size === null) writing.loss.add('size-unknown');
  const own = resultsOf(item.shapes, item.size, writing);
  const result = [...own.results, ...(Array.isArray(results) ? results : [])];
  const machine = predictionsOf(item, Array.isArray(predictions) ? predictions : [], writing);
  // A task that nobody had annotated stays one; a photo from elsewhere was looked at, and has nothing in it.
  const isOpen = result.length === 0 && annotation === undefined && Object.keys(kept).length > 0;
  const task = {
    ...kept,
    data: kept['data'] ?? { [controls.picture]: item.name },
    annotations: isOpen ? [] : [{ ...(isPlainObject(annotation) && annotation), result }],
    predictions: machine,
  };
  return { task, objects: own.objects };
}

/** The results of shapes; those that came from one region and still are one are joined again. */
function resultsOf(
  shapes: readonly (Shape | Proposal)[],
  size: Size | null,
  writing: Writing,
): { results: Fields[]; objects: number } {
  const results: Fields[] = [];
  const given = new Set<string>();
  let objects = 0;
  for (let i = 0; i < shapes.length; i += 1) {
    const shape = shapes[i]!;
    const together = [shape];
    while (belongsTo(shape, shapes[i + 1])) together.push(shapes[(i += 1)]!);
    const kept = keptOf(shape, formatName)['id'];
    const id = typeof kept === 'string' && !given.has(kept) ? kept : shape.id;
    given.add(id);
    const written =
      shape.geometry.type === 'tag' ? tagResult(together, id, writing) : regionResults(together, id, size, writing);
    if (written.length === 0) continue;
    results.push(...written);
    objects += together.length;
    for (const one of together) countUnheld(one, writing.loss);
  }
  return { results, objects };
}

function countUnheld(shape: Shape | Proposal, loss: LossCounter): void {
  const foreign = foreignFields(shape.extra, formatName);
  if (foreign > 0) loss.add('field', foreign);
}

/** Whether two shapes are one region with two classes: the same id, place and answers. */
function belongsTo(shape: Shape | Proposal, next: Shape | Proposal | undefined): boolean {
  if (next === undefined) return false;
  const [id, other] = [keptOf(shape, formatName)['id'], keptOf(next, formatName)['id']];
  if (id === undefined || id !== other || shape.label === null || next.label === null) return false;
  return (
    JSON.stringify([shape.geometry, shape.attributes]) === JSON.stringify([next.geometry, next.attributes]) &&
    noteOf(shape) === noteOf(next)
  );
}

const noteOf = (shape: Shape | Proposal): string | undefined => ('ambiguous' in shape ? shape.ambiguous : undefined);
const labelsOf = (together: readonly (Shape | Proposal)[]): string[] => together.flatMap(({ label }) => label ?? []);

/** A score of the region itself; that of a proposal stands beside its result. */
function scoreFields(shape: Shape | Proposal): Fields {
  return 'score' in shape && shape.score !== null ? { score: shape.score } : {};
}

function tagResult(together: readonly (Shape | Proposal)[], id: string, { loss }: Writing): Fields[] {
  const choices = labelsOf(together);
  const [shape] = together;
  if (choices.length === 0) {
    loss.add('unlabelled-shape');
    return [];
  }
  const attributes = together.reduce((sum, one) => sum + Object.keys(one.attributes).length, 0);
  if (attributes > 0) loss.add('attribute', attributes);
  if (noteOf(shape!) !== undefined) loss.add('ambiguous');
  const { prediction: _, ...kept } = keptOf(shape!, formatName);
  const names = { from_name: controls.tag, to_name: controls.picture };
  return [{ ...names, ...kept, ...scoreFields(shape!), id, type: 'choices', value: { choices } }];
}

function regionResults(
  together: readonly (Shape | Proposal)[],
  id: string,
  size: Size | null,
  { loss, specsOf }: Writing,
): Fields[] {
  const shape = together[0]!;
  const { geometry } = shape;
  if (geometry.type === 'tag') return [];
  if (size === null) {
    loss.add(`left-out-${geometry.type}`);
    return [];
  }
  const { prediction: _, value: keptValue, controls: keptControls, ...kept } = keptOf(shape, formatName);
  const labels = labelsOf(together);
  const picture = { original_width: size.width, original_height: size.height, image_rotation: 0 };
  const names = { from_name: controls.label, to_name: controls.picture };
  const note = noteOf(shape);
  const meta =
    note === undefined
      ? {}
      : { meta: { ...(isPlainObject(kept['meta']) && kept['meta']), text: [note], [ambiguousMeta]: true } };
  return regionsOf(geometry, size, loss).flatMap(({ kind, value }, part) => {
    const own = part === 0 ? id : `${id}-${part + 1}`;
    const type = labels.length === 0 ? kind : `${kind}labels`;
    const shared = { ...names, ...kept, ...picture, id: own };
    const place = { ...value, ...(isPlainObject(keptValue) && keptValue) };
    const drawn = {
      ...shared,
      ...scoreFields(shape),
      ...meta,
      type,
      value: labels.length === 0 ? place : { ...place, [type]: labels },
    };
    const { from_name: __, score: ___, ...rest } = { ...shared, score: 0 };
    const asked = Object.entries(shape.attributes).map(([name, answer]): Fields => {
      const kindOf = isPlainObject(keptControls) ? keptControls[name] : undefined;
      const spec = specsOf(shape.label).find((one) => one.name === name);
      const [control, said] = answerFields(answer, spec, typeof kindOf === 'string' ? kindOf : null);
      // A brush is long, and its answers are told by its id alone.
      return { ...rest, from_name: name, type: control, value: { ...(kind !== 'brush' && value), ...said } };
    });
    return [drawn, ...asked];
  });
}

/** An answer as the control that asks for it would give it. */
export function answerFields(
  answer: Json,
  spec: AttributeSpec | undefined,
  control: string | null,
): [type: string, value: Fields] {
  if (control !== null) return [control, { [control]: answer }];
  if (typeof answer === 'number') return ['number', { number: answer }];
  if (typeof answer === 'boolean') return ['choices', { choices: [String(answer)] }];
  const isList = Array.isArray(answer) && answer.length > 1 && answer.every((one) => typeof one === 'string');
  if (isList) return ['choices', { choices: answer }];
  const text = textOfValue(answer);
  const isChoice = spec?.input === 'select' || spec?.input === 'radio';
  return isChoice ? ['choices', { choices: [text] }] : ['textarea', { text: [text] }];
}

/** Predictions as they were told apart in the file, or one for each model. */
function predictionsOf(item: ExchangeItem, kept: readonly Json[], writing: Writing): Fields[] {
  const groups = new Map<string, { fields: Fields; proposals: Proposal[] }>();
  kept.forEach((fields, i) => groups.set(`kept ${i}`, { fields: isPlainObject(fields) ? fields : {}, proposals: [] }));
  for (const proposal of item.proposals ?? []) {
    const index = keptOf(proposal, formatName)['prediction'];
    const known = typeof index === 'number' ? groups.get(`kept ${index}`) : undefined;
    if (known !== undefined) {
      known.proposals.push(proposal);
      continue;
    }
    const key = `model ${proposal.model ?? ''}`;
    const group = groups.get(key);
    if (group !== undefined) group.proposals.push(proposal);
    else
      groups.set(key, {
        fields: { ...(proposal.model !== null && { model_version: proposal.model }) },
        proposals: [proposal],
      });
  }
  return [...groups.values()].map(({ fields, proposals }) => ({
    ...fields,
    result: resultsOf(proposals, item.size, writing).results,
  }));
}
