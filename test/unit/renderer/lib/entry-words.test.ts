import { expect, it } from 'vitest';
import { z } from 'zod';
import { entryKinds } from '#shared/domain/entry-kinds.ts';
import en from '#resources/locales/en.json' with { type: 'json' };
import zhCN from '#resources/locales/zh-CN.json' with { type: 'json' };

const bodies = Object.values(entryKinds).map(({ body }) => z.toJSONSchema(body, { unrepresentable: 'any' }));

interface Schema {
  enum?: unknown[];
  anyOf?: Schema[];
  const?: unknown;
}

/** The fixed words a field of a body may hold by itself; those within records are told by the screens that know them. */
function wordsOf({ enum: values = [], anyOf = [], const: one }: Schema): string[] {
  const all = [...values, one].filter((value) => typeof value === 'string');
  return [...all, ...anyOf.flatMap(wordsOf)];
}

it.each([
  ['en', en],
  ['zh-CN', zhCN],
] as const)('has a name for every field of an entry and every word of its vocabularies (%s)', (_language, locale) => {
  const fields = new Set(bodies.flatMap(({ properties = {} }) => Object.keys(properties)));
  expect([...fields].filter((name) => !Object.hasOwn(locale.ledger.fields, name))).toEqual([]);
  const words = new Set(
    bodies.flatMap(({ properties = {} }) => Object.values(properties).flatMap((field) => wordsOf(field as Schema))),
  );
  expect(words.size).toBeGreaterThan(40);
  expect([...words].filter((word) => !Object.hasOwn(locale.ledger.values, word))).toEqual([]);
});
