import { attributeSpec, type AttributeSpec } from '../../domain/label-set.ts';
import type { Json } from '../../domain/json.ts';
import type { ExchangeLabel, LossCounter } from '../codec.ts';
import { extraFields, isPlainObject } from '../json-text.ts';
import { keptOf } from './json-objects.codec.ts';
import { readLabel, type Reading } from './row-reading.codec.ts';
import { childOf, jsonOfElement, textOf, type XmlElement } from './xml-elements.codec.ts';

/** Fields of a value that was read from elements. */
export type Fields = { [name: string]: Json };

/** Parts of `<meta>` that may list the classes. */
const holders = ['task', 'project', 'job'] as const;
const inputs: readonly AttributeSpec['input'][] = ['select', 'radio', 'number', 'checkbox', 'text'];
const maxAttributes = 50;

/** Reads what a file says of itself: its classes are declared, the rest is answered to be written back. */
export function readMeta(reading: Reading, root: XmlElement, path: string): Fields {
  const meta = childOf(root, 'meta');
  if (meta === undefined) return {};
  const holder = holders.map((name) => childOf(meta, name)).find((element) => childOf(element, 'labels') !== undefined);
  for (const element of childOf(holder, 'labels')?.children ?? []) {
    if (element.name !== 'label') continue;
    reading.attempt(`${path}:${element.line}`, () => {
      if (!reading.labels.declare(readLabelElement(reading, element))) reading.loss.add('labels-merged');
    });
  }
  const withoutLabels = (element: XmlElement): XmlElement =>
    element === holder ? { ...element, children: element.children.filter(({ name }) => name !== 'labels') } : element;
  const json = jsonOfElement({ ...meta, children: meta.children.map(withoutLabels) });
  const { extra, dropped } = extraFields(isPlainObject(json) ? json : {}, new Set());
  if (dropped > 0) reading.loss.add('field', dropped);
  return extra;
}

function readLabelElement(reading: Reading, element: XmlElement): ExchangeLabel {
  const key = readLabel(textOf(element, 'name'));
  const color = textOf(element, 'color')?.toLowerCase();
  const specs: AttributeSpec[] = [];
  for (const attribute of childOf(element, 'attributes')?.children ?? []) {
    const spec = specOfElement(attribute);
    if (spec !== null && specs.length < maxAttributes) specs.push(spec);
    else reading.loss.add('field');
  }
  const others = element.children.filter(({ name }) => !['name', 'color', 'attributes'].includes(name));
  const fields = jsonOfElement({ ...element, children: others, text: '' });
  // As it stands, to be written back while nobody has changed what it asks.
  const raw = childOf(element, 'attributes');
  const kept: Fields = {
    ...(isPlainObject(fields) && fields),
    ...(specs.length > 0 && { attributes: jsonOfElement(raw!) }),
  };
  const { extra, dropped } = extraFields(kept, new Set());
  if (dropped > 0) reading.loss.add('field', dropped);
  return {
    key,
    ...(color !== undefined && /^#[0-9a-f]{6}$/.test(color) && { color }),
    ...(specs.length > 0 && { attributes: specs }),
    extra: Object.keys(extra).length === 0 ? {} : { cvat: extra },
  };
}

/** `<attribute>` of a class; null when it asks nothing that can be asked here. */
function specOfElement(element: XmlElement): AttributeSpec | null {
  const input = inputs.find((one) => one === textOf(element, 'input_type')?.toLowerCase());
  if (input === undefined) return null;
  const given = textOf(element, 'default_value') ?? '';
  const values = textOf(element, 'values') ?? '';
  const spec = attributeSpec.safeParse({
    name: textOf(element, 'name'),
    input,
    values: input === 'select' || input === 'radio' ? choicesOf(values, given) : [],
    ...(input === 'number' && limitsOf(values.split('\n'))),
    initial: initialOf(input, given),
    required: false,
    mutable: textOf(element, 'mutable')?.toLowerCase() === 'true',
  });
  return spec.success ? spec.data : null;
}

/** Values stand in lines; older files have spaces, which shows when the default is one word of the only line. */
function choicesOf(text: string, given: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  const words = lines[0]!.split(/\s+/);
  const list = lines.length === 1 && given !== lines[0] && words.includes(given) ? words : lines;
  return [...new Set(list)].filter((value) => value !== '');
}

function limitsOf([least, most, step]: readonly string[]) {
  const [min, max, by] = [Number(least || Number.NaN), Number(most || Number.NaN), Number(step || Number.NaN)];
  if (!Number.isFinite(min) || !Number.isFinite(max) || min > max) return {};
  return { min, max, ...(by > 0 && Number.isFinite(by) && { step: by }) };
}

function initialOf(input: AttributeSpec['input'], text: string): AttributeSpec['initial'] {
  if (input === 'checkbox') return text.toLowerCase() === 'true';
  if (text === '') return null;
  if (input !== 'number') return text;
  return Number.isFinite(Number(text)) ? Number(text) : null;
}

/** `<meta>` as it was read, with the classes of now. */
export function metaOf(kept: Fields, labels: readonly ExchangeLabel[], loss: LossCounter): Fields {
  const holder = holders.find((name) => isPlainObject(kept[name])) ?? 'task';
  const before = kept[holder];
  const list = { label: labels.map((label) => labelFields(label, loss)) };
  return { ...kept, [holder]: { ...(isPlainObject(before) && before), labels: list } };
}

function labelFields(label: ExchangeLabel, loss: LossCounter): Fields {
  const { attributes: raw, ...kept } = keptOf(label, 'cvat');
  const foreign = Object.keys(label.extra).filter((format) => format !== 'cvat').length;
  if (foreign > 0) loss.add('field', foreign);
  const specs = label.attributes ?? [];
  const attributes =
    raw !== undefined && isUnchanged(raw, specs) ? raw : { attribute: specs.map((s) => specFields(s, loss)) };
  return { name: label.key, ...(label.color !== undefined && { color: label.color }), ...kept, attributes };
}

/** Whether a file's own words still ask what the class asks now. */
function isUnchanged(raw: Json, specs: readonly AttributeSpec[]): boolean {
  const list = isPlainObject(raw) ? (Array.isArray(raw['attribute']) ? raw['attribute'] : [raw['attribute']!]) : [];
  const asked = list.flatMap((one) => (isPlainObject(one) ? (specOfElement(elementOfFields(one)) ?? []) : []));
  return JSON.stringify(asked) === JSON.stringify(specs);
}

function elementOfFields(fields: Fields): XmlElement {
  const children = Object.entries(fields).map(([name, text]): XmlElement => ({
    name,
    text: String(text),
    attributes: {},
    children: [],
    line: 0,
  }));
  return { name: 'attribute', attributes: {}, children, text: '', line: 0 };
}

function specFields(spec: AttributeSpec, loss: LossCounter): Fields {
  const { name, input, values, min, max, step, initial, mutable } = spec;
  // What the worker reads instead of the name, and that an answer has to be given, have no place there.
  const lost = Number(spec.title !== undefined) + Number(spec.required);
  if (lost > 0) loss.add('field', lost);
  const asked = {
    select: values.join('\n'),
    radio: values.join('\n'),
    number: [min, max, step].map((limit) => limit ?? '').join('\n'),
    checkbox: 'false\ntrue',
    text: initial === null ? '' : String(initial),
  }[input];
  return {
    name,
    mutable: mutable ? 'True' : 'False',
    input_type: input,
    default_value: initial === null ? '' : String(initial),
    values: asked,
  };
}

/** Text of an attribute as the kind of value that its class asks for. */
export function valueOfSpec(text: string, spec: AttributeSpec | undefined): Json {
  if (spec?.input === 'checkbox' && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (spec?.input === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  return text;
}
