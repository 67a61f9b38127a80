import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract, type OperationName } from '#shared/contract/contract.ts';
import { entryKindNames } from '#shared/domain/entry-kinds.ts';
import type { CatalogueEntry } from '#shared/metrics/catalogue-entry.metric.ts';
import { catalogue, figureIds, figureSentences } from '#shared/metrics/catalogue.metric.ts';
import en from '#resources/locales/en.json';
import zhCN from '#resources/locales/zh-CN.json';

type Schema = { type?: string; anyOf?: Schema[]; oneOf?: Schema[]; $ref?: string } & {
  properties?: Record<string, Schema>;
  items?: Schema;
  prefixItems?: Schema[];
  additionalProperties?: Schema | boolean;
  $defs?: Record<string, Schema>;
};

/** Paths of an output that hold a number or an amount; of a record, the path of the record. */
function* numbers(schema: Schema, root: Schema, path: readonly string[], inside: readonly string[]): Iterable<string> {
  const { $ref: ref } = schema;
  // JSON of any depth refers to itself.
  if (ref !== undefined && inside.includes(ref)) return;
  const refs = ref === undefined ? inside : [...inside, ref];
  const found = ref === undefined ? schema : (root.$defs?.[ref.split('/').at(-1) ?? ''] ?? root);
  if (found.properties && 'minor' in found.properties && 'currency' in found.properties) return yield path.join('.');
  if (found.type === 'integer' || found.type === 'number') yield path.join('.');
  for (const [name, each] of Object.entries(found.properties ?? {})) yield* numbers(each, root, [...path, name], refs);
  const inner = [...(found.anyOf ?? []), ...(found.oneOf ?? []), ...(found.prefixItems ?? [])];
  if (found.items) inner.push(found.items);
  if (typeof found.additionalProperties === 'object') inner.push(found.additionalProperties);
  for (const each of inner) yield* numbers(each, root, path, refs);
}

const outputOf = (name: OperationName) => {
  const schema = z.toJSONSchema(contract[name].output, { unrepresentable: 'any', io: 'output' }) as Schema;
  return [...new Set(numbers(schema, schema, [], []))];
};

/** Operations that answer what was written down or what is there, and compute nothing of it. */
const answersFacts: readonly (OperationName | RegExp)[] = [
  /^(exchange|host|settings|operations|jobs|backups|files|attachments|packs|imports|exports|sheets|ledger|drafts|tasks)\./,
  /^(segments|guidelines\.list|rulings|notes|notebook|standing|submissions|elsewhere|judgements|exchangeRates|proposals|comparisons|texts|sounds)/,
  ...([
    'projects.list',
    'projects.get',
    'returns.list',
    'returns.get',
    'returns.works',
    'pay.list',
    'training.list',
  ] as const),
  ...(['time.state', 'time.task', 'recalls.cameBack', 'pay.reconcile', 'pay.readStatement', 'claims.list'] as const),
];

/** Of operations that serve figures: what was written down, stands beside a figure, or says how many entries are behind one. */
const facts: Readonly<Record<string, readonly string[]>> = {
  'figures.entries': ['total'],
  'pay.entries': ['total'],
  'returns.entries': ['total'],
  'returns.figureEntries': ['total'],
  'machine.entries': ['total'],
  'statements.entries': ['total'],
  'returns.account': ['rounds.round', 'left', 'top', 'right', 'bottom'],
  'returns.rounds': ['rounds.round'],
  'recalls.list': ['total', 'recalls.pieces', 'statedLoss', 'bytes', 'worksNamed'],
  'recalls.get': ['pieces', 'statedLoss', 'bytes', 'worksNamed'],
  'pay.overview': [
    'bonuses.amount',
    'promisedPayment.days',
    'converted.expected',
    'converted.received',
    'converted.difference',
  ],
  'training.summary': ['expiring.daysLeft'],
};

const isFigureless = (name: OperationName) =>
  answersFacts.some((each) => (typeof each === 'string' ? each === name : each.test(name)));
const endsWith = (path: string, end: string) => path === end || path.endsWith(`.${end}`);

const served = new Map<string, string[]>();
for (const id of figureIds) {
  const { served: where }: CatalogueEntry = catalogue[id];
  for (const [name, ends] of Object.entries(where)) served.set(name, [...(served.get(name) ?? []), ...ends]);
}
const queries = (Object.keys(contract) as OperationName[]).filter((name) => contract[name].kind === 'query');

describe('the catalogue of figures', () => {
  it('has every figure that any operation serves', () => {
    const unknown = queries
      .filter((name) => !isFigureless(name))
      .flatMap((name) => {
        const ends = [...(served.get(name) ?? []), ...(facts[name] ?? [])];
        return outputOf(name)
          .filter((path) => !ends.some((end) => endsWith(path, end)))
          .map((path) => `${name} ${path}`);
      });
    expect(unknown).toEqual([]);
  });

  it('names no operation and no path that is not served', () => {
    const gone = [...served].flatMap(([name, ends]) => {
      if (!queries.includes(name as OperationName)) return [name];
      const paths = outputOf(name as OperationName);
      return ends.filter((end) => !paths.some((path) => endsWith(path, end))).map((end) => `${name} ${end}`);
    });
    expect(gone).toEqual([]);
  });

  it('names kinds of entries there are', () => {
    const kinds = new Set<string>(entryKindNames);
    expect(figureIds.flatMap((id) => catalogue[id].source.filter((kind) => !kinds.has(kind)))).toEqual([]);
  });

  it.each([
    ['en', en],
    ['zh-CN', zhCN],
  ])('has name, formula, edge cases and unit of each in %s', (_, sentences) => {
    const sentence = (key: string) =>
      key.split('.').reduce<unknown>((tree, part) => (tree as Record<string, unknown> | undefined)?.[part], sentences);
    for (const id of figureIds) {
      const { name, formula, edges } = figureSentences(id);
      for (const key of [name, formula, edges, `figures.units.${catalogue[id].unit}`]) {
        expect.soft(sentence(key), key).toMatch(/\S/);
      }
      for (const key of [formula, edges]) expect.soft(sentence(key), key).toMatch(/[.。]$/);
    }
  });
});
