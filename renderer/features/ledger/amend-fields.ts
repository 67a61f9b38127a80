import { z } from 'zod';
import { entryKinds, type EntryKind } from '#shared/domain/entry-kinds.ts';
import type { Json } from '#shared/domain/json.ts';

/** How a field of a body is asked for in the form that amends it. */
export interface AmendField {
  name: string;
  input:
    | { type: 'choice'; options: readonly string[] }
    | { type: 'text'; long: boolean }
    | { type: 'number'; integer: boolean }
    | { type: 'yes-no' }
    /** A structure (a label set, a rate): edited as JSON, checked by the core. */
    | { type: 'json' };
  nullable: boolean;
}

type Schema = { [key: string]: Json };

const isSchema = (value: Json | undefined): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of a union, unions inside it included; a schema that is none is its own only member. */
function members(schema: Schema): Schema[] {
  const inner = schema['anyOf'];
  return Array.isArray(inner) ? inner.filter(isSchema).flatMap(members) : [schema];
}

/** The words a schema allows when it allows a fixed list of them only. */
function words(schema: Schema): string[] | null {
  if (typeof schema['const'] === 'string') return [schema['const']];
  const list = schema['enum'];
  return Array.isArray(list) && list.every((word) => typeof word === 'string') ? (list as string[]) : null;
}

function inputOf(schemas: readonly Schema[]): AmendField['input'] {
  const lists = schemas.map(words);
  if (lists.every((list) => list !== null)) return { type: 'choice', options: lists.flat() };
  const only = schemas.length === 1 ? schemas[0] : undefined;
  switch (only?.['type']) {
    case 'string':
      return { type: 'text', long: Number(only['maxLength'] ?? 0) > 2000 };
    case 'integer':
      return { type: 'number', integer: true };
    case 'number':
      return { type: 'number', integer: false };
    case 'boolean':
      return { type: 'yes-no' };
    default:
      return { type: 'json' };
  }
}

/** The fields of a kind's body in the order they are declared, with how to ask for each. */
export function amendFields(kind: EntryKind): AmendField[] {
  const schema = z.toJSONSchema(entryKinds[kind].body, { io: 'input', unrepresentable: 'any' }) as Schema;
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  return Object.entries(properties).flatMap(([name, property]) => {
    if (!isSchema(property)) return [];
    const all = members(property);
    const some = all.filter((member) => member['type'] !== 'null');
    return [{ name, input: inputOf(some), nullable: some.length < all.length }];
  });
}

/** What a form holds for a field: text for inputs, a flag for yes and no. */
export type Draft = string | boolean;

/** The form's first state for a value. */
export function toDraft(field: AmendField, value: Json | undefined): Draft {
  if (field.input.type === 'yes-no' && !field.nullable) return value === true;
  if (value === null || value === undefined) return '';
  if (field.input.type === 'json') return JSON.stringify(value, null, 2);
  return typeof value === 'string' ? value : String(value);
}

/**
 * The value a draft stands for, or why it stands for none. An empty text of a field that may be null is null.
 */
export function fromDraft(field: AmendField, draft: Draft): { ok: true; value: Json } | { ok: false } {
  if (typeof draft === 'boolean') return { ok: true, value: draft };
  if (draft === '' && field.nullable) return { ok: true, value: null };
  switch (field.input.type) {
    case 'number': {
      const value = Number(draft);
      return draft.trim() !== '' && Number.isFinite(value) && (!field.input.integer || Number.isInteger(value))
        ? { ok: true, value }
        : { ok: false };
    }
    case 'yes-no':
      return { ok: true, value: draft === 'true' };
    case 'json':
      try {
        return { ok: true, value: JSON.parse(draft) as Json };
      } catch {
        return { ok: false };
      }
    default:
      return { ok: true, value: draft };
  }
}
