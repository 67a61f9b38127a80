import type { Json } from '../domain/json.ts';
import type { AttributeSpec, Label, LabelSet } from '../domain/label-set.ts';

/** A question with the classes it is asked of. */
export interface SharedAttribute {
  spec: AttributeSpec;
  /** Keys, in the order of the label set. */
  labels: string[];
}

/** The questions of a label set, each once with the classes that ask it in the very same words; in order of first appearance. */
export function sharedAttributes(labels: LabelSet): SharedAttribute[] {
  const found = new Map<string, SharedAttribute>();
  for (const { key, attributes = [] } of labels) {
    for (const spec of attributes) {
      const said = JSON.stringify(Object.entries(spec).sort(([a], [b]) => (a < b ? -1 : 1)));
      const shared = found.get(said);
      if (shared === undefined) found.set(said, { spec, labels: [key] });
      else shared.labels.push(key);
    }
  }
  return [...found.values()];
}

/**
 * The label set with a question asked of exactly these classes. Where `replaced` is given it takes the place of that question; a class that
 * asks another of the same name asks the new one instead.
 */
export function withAttribute(labels: LabelSet, wanted: SharedAttribute, replaced?: SharedAttribute): LabelSet {
  const names = new Set([wanted.spec.name]);
  return labels.map((label) => {
    const before = label.attributes ?? [];
    const gone = replaced?.labels.includes(label.key) === true ? replaced.spec.name : null;
    const place = before.findIndex(
      ({ name }) => name === gone || (wanted.labels.includes(label.key) && names.has(name)),
    );
    const rest = before.filter(({ name }) => name !== gone);
    if (!wanted.labels.includes(label.key)) return asking(label, rest);
    const others = rest.filter(({ name }) => !names.has(name));
    return asking(label, others.toSpliced(place < 0 ? others.length : place, 0, wanted.spec));
  });
}

/** The label set without a question, in the classes that ask it. */
export function withoutAttribute(labels: LabelSet, { spec, labels: keys }: SharedAttribute): LabelSet {
  return labels.map((label) =>
    keys.includes(label.key)
      ? asking(
          label,
          (label.attributes ?? []).filter(({ name }) => name !== spec.name),
        )
      : label,
  );
}

/** Classes as typed anew: one that was there keeps its colour and its questions. */
export function keepingOf(labels: LabelSet, before: LabelSet): LabelSet {
  return labels.map((label) => {
    const known = before.find(({ key }) => key === label.key);
    if (known === undefined) return label;
    const wordless = known.noTranscript === undefined ? {} : { noTranscript: known.noTranscript };
    return asking({ ...label, ...wordless, color: known.color }, known.attributes ?? []);
  });
}

/** What a new object of a class starts with. */
export function initialAttributes(label: Label | undefined): Record<string, Json> {
  const asked = (label?.attributes ?? []).filter(({ initial }) => initial !== null);
  return Object.fromEntries(asked.map(({ name, initial }) => [name, initial as Json]));
}

/**
 * The answers of an object with those added that a new object of its class starts with, where it has none; the very same object when
 * nothing is added.
 */
export function withInitial(label: Label | undefined, attributes: Record<string, Json>): Record<string, Json> {
  const missing = Object.entries(initialAttributes(label)).filter(([name]) => attributes[name] === undefined);
  return missing.length === 0 ? attributes : { ...attributes, ...Object.fromEntries(missing) };
}

/** The label set in which new objects of these classes start with this answer to a question; null: with none. */
export function startingWith(
  labels: LabelSet,
  keys: ReadonlySet<string>,
  name: string,
  initial: AttributeSpec['initial'],
): LabelSet {
  return labels.map((label) => {
    if (!keys.has(label.key) || label.attributes === undefined) return label;
    return { ...label, attributes: label.attributes.map((spec) => (spec.name === name ? { ...spec, initial } : spec)) };
  });
}

function asking({ attributes: _before, ...label }: Label, attributes: readonly AttributeSpec[]): Label {
  return attributes.length === 0 ? label : { ...label, attributes: [...attributes] };
}
