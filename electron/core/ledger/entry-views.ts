import type { z } from 'zod';
import type { entryDetail, entrySummary } from '#shared/contract/ledger.contract.ts';
import type { EntryHeader } from '#shared/domain/entry-header.ts';
import type { Json } from '#shared/domain/json.ts';
import { entryAbout } from '#shared/rules/entry-about.rules.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { type EntryRow, erasedCount, fieldsOf } from '#electron/repositories/entries.repository.ts';
import { refusalTitles } from '#electron/repositories/guidelines.repository.ts';
import { chainOf, correctable, foldChain, isCorrection, readBody, stateOf } from './entry-reading.ts';
import type { UpcasterRegistry } from './upcasters.ts';

export type EntrySummary = z.infer<typeof entrySummary>;
export type EntryDetail = z.infer<typeof entryDetail>;

export interface ViewContext {
  registry: UpcasterRegistry;
  /** A project's name as known now; null when erased or not known. */
  projectName(db: ReadDb, projectId: string): string | null;
}

/** A row of the ledger page. A correction is about what its chain is about, and in the state of what follows it. */
export function summarise(db: ReadDb, row: EntryRow, { registry, projectName }: ViewContext): EntrySummary {
  const chain = chainOf(db, row);
  const { entry } = foldChain(db, chain, registry);
  const from = chain.findIndex(({ seq }) => seq === row.seq);
  return {
    seq: row.seq,
    id: row.id,
    kind: row.kind,
    source: row.source,
    occurredStart: row.occurred_start,
    occurredEnd: row.occurred_end,
    recordedAt: row.recorded_at,
    projectName: row.project_id === null ? null : projectName(db, row.project_id),
    about: entryAbout(entry.kind, entry.body, (key) => refusalsOf(db, row)[key] ?? key),
    state: stateOf(chain.slice(from)),
    amends: row.amends,
    erasedFields: erasedCount(db, row.seq),
  };
}

/** One entry whole. */
export function detail(db: ReadDb, row: EntryRow, context: ViewContext): EntryDetail {
  const chain = chainOf(db, row);
  const { entry, state } = foldChain(db, chain, context.registry);
  const header = JSON.parse(row.header) as EntryHeader;
  const ended = state === 'voided' || state === 'superseded';
  return {
    ...summarise(db, row, context),
    version: header.version,
    zone: header.zone,
    offset: header.offset,
    subjects: header.subjects,
    group: header.group,
    header: row.header,
    leafHash: hex(row.leaf_hash),
    bodyRoot: header.body_root,
    refusals: refusalsOf(db, row),
    fields: fieldsOf(db, row.seq).map(({ name, salt, value, commitment }) => ({
      name,
      value: value === null ? null : (JSON.parse(value) as Json),
      erased: value === null,
      salt: salt && hex(salt),
      commitment: hex(commitment),
    })),
    correct: ended ? 'never' : correctable(entry.kind),
    effective: state === 'voided' ? null : (entry.body as Record<string, Json>),
    history: chain.map((link) => ({ ...summarise(db, link, context), reason: reasonOf(db, link) })),
  };
}

/** What the project an entry belongs to calls its reasons to refuse, by key. */
export const refusalsOf = (db: ReadDb, { project_id: project }: EntryRow): Record<string, string> =>
  project === null ? {} : refusalTitles(db, project);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function reasonOf(db: ReadDb, row: EntryRow): string | null {
  if (!isCorrection(row.kind)) return null;
  const reason = readBody(db, row.seq).values['correction_reason'];
  return typeof reason === 'string' ? reason : null;
}
