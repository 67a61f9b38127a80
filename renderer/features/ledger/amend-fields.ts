import { z } from 'zod';
import { entryKinds, type EntryKind } from '#shared/domain/entry-kinds.ts';
import type { Json } from '#shared/domain/json.ts';
import { money } from '#shared/domain/money.ts';
import { fromLocal, toLocal } from '#renderer/lib/local-time.ts';
import { readMoney, typeMoney, type TypedMoney } from '#renderer/ui/money-field.tsx';

/** How a field of a body is asked for in the form that amends it. */
export interface AmendField {
  name: string;
  input:
    | { type: 'choice'; options: readonly string[] }
    | { type: 'text'; long: boolean }
    | { type: 'number'; integer: boolean }
    /** Milliseconds, asked for in minutes. */
    | { type: 'minutes' }
    | { type: 'money' }
    | { type: 'day' }
    | { type: 'moment' }
    /** A project by its name. */
    | { type: 'project' }
    /** Short texts, one a line. */
    | { type: 'lines' }
    | { type: 'yes-no' }
    /** Kept files: shown, and left as they are. */
    | { type: 'files' }
    /** A structure (a label set, a rate): edited as JSON, checked by the core. */
    | { type: 'json' };
  nullable: boolean;
}

type Schema = { [key: string]: Json };

const isSchema = (value: Json | undefined): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of a union, unions inside it included; a schema that is none is its own only member. */
function members(schema: Schema): Schema[] {
  const { anyOf: inner, type } = schema;
  // `boolean | null` comes as one schema of two types.
  if (Array.isArray(type)) return type.map((each) => ({ ...schema, type: each }));
  return Array.isArray(inner) ? inner.filter(isSchema).flatMap(members) : [schema];
}

/** The words a schema allows when it allows a fixed list of them only. */
function words(schema: Schema): string[] | null {
  if (typeof schema['const'] === 'string') return [schema['const']];
  const list = schema['enum'];
  return Array.isArray(list) && list.every((word) => typeof word === 'string') ? (list as string[]) : null;
}

function inputOf(name: string, schemas: readonly Schema[]): AmendField['input'] {
  const lists = schemas.map(words);
  if (lists.every((list) => list !== null)) return { type: 'choice', options: lists.flat() };
  const only = schemas.length === 1 ? schemas[0] : undefined;
  if (name === 'project') return { type: 'project' };
  if (name === 'attachments') return { type: 'files' };
  if (name.endsWith('_ms')) return { type: 'minutes' };
  switch (only?.['type']) {
    case 'string':
      if (only['format'] === 'date') return { type: 'day' };
      if (only['format'] === 'date-time') return { type: 'moment' };
      return { type: 'text', long: Number(only['maxLength'] ?? 0) > 2000 };
    case 'integer':
      return { type: 'number', integer: true };
    case 'number':
      return { type: 'number', integer: false };
    case 'boolean':
      return { type: 'yes-no' };
    case 'object':
      return isMoney(only) ? { type: 'money' } : { type: 'json' };
    case 'array': {
      const items = only['items'];
      return isSchema(items) && items['type'] === 'string' && items['format'] === undefined
        ? { type: 'lines' }
        : { type: 'json' };
    }
    default:
      return { type: 'json' };
  }
}

/** Whether a schema is that of an amount with its currency. */
function isMoney(schema: Schema): boolean {
  const properties = schema['properties'];
  return isSchema(properties) && Object.keys(properties).sort().join(' ') === 'currency minor';
}

/** The fields of a kind's body in the order they are declared, with how to ask for each. */
export function amendFields(kind: EntryKind): AmendField[] {
  const schema = z.toJSONSchema(entryKinds[kind].body, { io: 'input', unrepresentable: 'any' }) as Schema;
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  return Object.entries(properties).flatMap(([name, property]) => {
    if (!isSchema(property)) return [];
    const all = members(property);
    const some = all.filter((member) => member['type'] !== 'null');
    return [{ name, input: inputOf(name, some), nullable: some.length < all.length }];
  });
}

/** What a form holds for a field: text for most inputs, a flag for yes and no, an amount with its currency. */
export type Draft = string | boolean | TypedMoney;

const minuteMs = 60_000;
/** Milliseconds are whole again after they were minutes of so many decimals. */
const minuteDecimals = 5;

/** The form's first state for a value; an amount that is none yet is in `currency`. */
export function toDraft(field: AmendField, value: Json | undefined, currency: string): Draft {
  if (field.input.type === 'yes-no' && !field.nullable) return value === true;
  if (field.input.type === 'money') {
    const read = money.safeParse(value);
    return read.success ? typeMoney(read.data) : { typed: '', currency };
  }
  if (value === null || value === undefined || field.input.type === 'files') return '';
  switch (field.input.type) {
    case 'json':
      return JSON.stringify(value, null, 2);
    case 'lines':
      return (value as string[]).join('\n');
    case 'minutes':
      return String(Number((Number(value) / minuteMs).toFixed(minuteDecimals)));
    case 'moment':
      return toLocal(String(value));
    default:
      return typeof value === 'string' ? value : String(value);
  }
}

type Read = { ok: true; value: Json } | { ok: false };

/**
 * The value a draft stands for, or why it stands for none. An empty text of a field that may be null is null.
 *
 * @param before the value as it was: what a form shows in fewer digits keeps the rest where nobody touched it
 */
export function fromDraft(field: AmendField, draft: Draft, before: Json | undefined): Read {
  if (field.input.type === 'files') return { ok: true, value: before ?? [] };
  if (typeof draft === 'boolean') return { ok: true, value: draft };
  if (typeof draft === 'object') {
    const read = readMoney(draft);
    return read === 'wrong' || (read === null && !field.nullable) ? { ok: false } : { ok: true, value: read };
  }
  if (draft === '' && field.nullable) return { ok: true, value: null };
  switch (field.input.type) {
    case 'number':
      return readNumber(draft, field.input.integer);
    case 'minutes': {
      if (draft === toDraft(field, before, '')) return { ok: true, value: before ?? null };
      const read = readNumber(draft, false);
      return read.ok ? { ok: true, value: Math.round(Number(read.value) * minuteMs) } : read;
    }
    case 'moment':
      return { ok: true, value: typeof before === 'string' ? fromLocal(draft, before) : new Date(draft).toISOString() };
    case 'lines':
      return {
        ok: true,
        value: draft
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
      };
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

function readNumber(draft: string, integer: boolean): Read {
  const value = Number(draft);
  return draft.trim() !== '' && Number.isFinite(value) && (!integer || Number.isInteger(value))
    ? { ok: true, value }
    : { ok: false };
}
