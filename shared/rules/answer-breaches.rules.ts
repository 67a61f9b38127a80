import type { Shape, ShapeId } from '../domain/annotation.ts';
import type { Json } from '../domain/json.ts';
import type { AttributeSpec } from '../domain/label-set.ts';
import type { CheckableRules } from '../domain/project.ts';

/** One breach of a rule, of a picture's or of a recording's. */
export interface RuleBreach<Rule extends string> {
  rule: Rule;
  /** The shapes it is about, the one to jump to first; empty where it is about the whole. */
  shapes: readonly ShapeId[];
  /** The attribute, the tag or the token that is missing or wrong; null for other rules. */
  name: string | null;
  /** What was found and what the rule asks for, in the unit of the rule; null where there is nothing to measure. */
  found: number | null;
  limit: number | null;
}

/** What is the same for pictures and recordings: answers that are asked for or have to be of a kind. */
export type AnswerRule = 'requiredAttributes' | 'attributeValue';

export function breachOf<Rule extends string>(
  rule: Rule,
  shape: Shape,
  more: Partial<RuleBreach<Rule>> = {},
): RuleBreach<Rule> {
  return { rule, shapes: [shape.id], name: null, found: null, limit: null, ...more };
}

/** How often each rule is broken, in the order of the rules; a rule that is kept is left out. */
export function countsOf<Rule extends string>(
  rules: readonly Rule[],
  breaches: readonly { rule: Rule }[],
): { rule: Rule; count: number }[] {
  return rules
    .map((rule) => ({ rule, count: breaches.filter((breach) => breach.rule === rule).length }))
    .filter(({ count }) => count > 0);
}

/** Answers of a shape that are missing, asked for by its class or the guideline, or that its class does not allow. */
export function answerBreaches(
  shape: Shape,
  rules: Pick<CheckableRules, 'requiredAttributes'>,
  specs: readonly AttributeSpec[],
): RuleBreach<AnswerRule>[] {
  const asked = specs.filter(({ required }) => required).map(({ name }) => name);
  // The guideline's list is about objects; a tag has only what its own class asks.
  const named = shape.geometry.type === 'tag' ? [] : (rules.requiredAttributes ?? []);
  const missing = [...new Set([...asked, ...named])].filter((name) => !answered(shape.attributes[name]));
  const wrong = specs.filter(({ name }) => answered(shape.attributes[name]));
  return [
    ...missing.map((name) => breachOf('requiredAttributes' as const, shape, { name })),
    ...wrong
      .filter((spec) => !allowed(shape.attributes[spec.name]!, spec))
      .map(({ name }) => breachOf('attributeValue' as const, shape, { name })),
  ];
}

const answered = (value: Json | undefined): boolean => value !== undefined && value !== null && value !== '';

/** Whether an answer is one that its question allows. */
function allowed(value: Json, { input, values, min, max }: AttributeSpec): boolean {
  switch (input) {
    case 'select':
    case 'radio':
      return typeof value === 'string' && values.includes(value);
    case 'checkbox':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number' && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
    case 'text':
      return typeof value === 'string';
  }
}
