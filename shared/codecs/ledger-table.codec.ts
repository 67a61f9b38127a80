import type { WrittenKind } from './tables.codec.ts';

/** Columns of the table of entries. `body` is the effective body as JSON. */
export const ledgerColumns = [
  { name: 'seq', kind: 'number' },
  { name: 'id', kind: 'text' },
  { name: 'kind', kind: 'text' },
  { name: 'occurred_start', kind: 'time' },
  { name: 'occurred_end', kind: 'time' },
  { name: 'zone', kind: 'text' },
  { name: 'recorded_at', kind: 'time' },
  { name: 'source', kind: 'text' },
  { name: 'state', kind: 'text' },
  { name: 'project', kind: 'text' },
  { name: 'about', kind: 'text' },
  { name: 'amends', kind: 'text' },
  { name: 'group', kind: 'text' },
  { name: 'body', kind: 'text' },
] as const satisfies readonly { name: string; kind: WrittenKind }[];
