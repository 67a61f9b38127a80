import type { Shape } from '../domain/annotation.ts';
import type { LabelSet } from '../domain/label-set.ts';

/** Which objects are meant: of a class, and with an answer to a question; null: any. `unanswered` true: without an answer to it. */
export interface ObjectFilter {
  /** Key of a class; null: every class, objects without one too. */
  readonly label: string | null;
  /** Name of an attribute. */
  readonly attribute: string | null;
  /** The answer as text; null: any object that has none. Only with an attribute. */
  readonly value: string | null;
}

export const anyObject: ObjectFilter = { label: null, attribute: null, value: null };

/** Whether a filter leaves anything out. */
export function isFiltering({ label, attribute }: ObjectFilter): boolean {
  return label !== null || attribute !== null;
}

/** Whether an object is one that is meant. */
export function isMeant({ label, attribute, value }: ObjectFilter, shape: Shape): boolean {
  if (label !== null && shape.label !== label) return false;
  return attribute === null || answerText(shape, attribute) === value;
}

/** The answer of an object as text; null where it has none. */
function answerText({ attributes }: Shape, name: string): string | null {
  const answer = attributes[name];
  if (answer === undefined || answer === null || answer === '') return null;
  return typeof answer === 'string' ? answer : JSON.stringify(answer);
}

/** A question with the answers that objects give to it, for choosing. */
export interface AnswersGiven {
  readonly name: string;
  readonly title: string;
  /** In the order of the question's own values, then by text; null last: objects without an answer. */
  readonly values: readonly (string | null)[];
}

/** What can be filtered by among these objects: the questions of their classes and what is answered. */
export function answersGiven(labels: LabelSet, shapes: readonly Shape[]): AnswersGiven[] {
  const used = new Set(shapes.map(({ label }) => label));
  const specs = labels.filter(({ key }) => used.has(key)).flatMap(({ attributes = [] }) => attributes);
  return [...new Set(specs.map(({ name }) => name))].map((name) => {
    const own = specs.find((spec) => spec.name === name)!;
    const given = new Set(shapes.map((shape) => answerText(shape, name)));
    const place = (value: string | null): number => {
      if (value === null) return Infinity;
      const at = own.values.indexOf(value);
      return at < 0 ? own.values.length : at;
    };
    const values = [...given].sort((a, b) => place(a) - place(b) || ((a ?? '') < (b ?? '') ? -1 : 1));
    return { name, title: own.title ?? name, values };
  });
}
