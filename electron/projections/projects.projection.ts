import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import type { WriteDb } from '#electron/db/database.ts';
import {
  clearProject,
  insertAccuracyBar,
  insertPayTerms,
  insertProject,
  type ProjectRow,
} from '#electron/repositories/projects.repository.ts';
import { projectNameKey } from '#shared/rules/projects.rules.ts';

const has = <K extends EffectiveEntry['kind']>(entry: EffectiveEntry, ...kinds: K[]): boolean =>
  (kinds as string[]).includes(entry.kind);

/**
 * A project with its terms and bars. What is given of it is the last entry that creates or changes it; changes carry the whole state, so
 * that a voided change gives way to the state before.
 */
export const projectsProjection: Projection = {
  kinds: ['project.created', 'project.changed', 'terms.set', 'bar.set'],
  tables: ['project', 'pay_terms', 'accuracy_bar'],
  clear: clearProject,
  project(db, entity, entries) {
    const states = entries.filter((entry) => has(entry, 'project.created', 'project.changed'));
    const last = states.at(-1);
    if (last !== undefined) insertProject(db, projectRow(entity, states[0]!, last));
    for (const entry of entries) {
      if (has(entry, 'terms.set')) projectTerms(db, entity, entry as EffectiveEntry<'terms.set'>);
      if (has(entry, 'bar.set')) projectBar(db, entity, entry as EffectiveEntry<'bar.set'>);
    }
  },
};

function projectRow(entity: string, first: EffectiveEntry, last: EffectiveEntry): ProjectRow {
  const { body } = last as EffectiveEntry<'project.created'>;
  return {
    id: entity,
    entry_id: last.id,
    name: body.name ?? null,
    name_key: body.name === undefined ? null : projectNameKey(body.name),
    client: body.client ?? null,
    intermediary: body.intermediary ?? null,
    modality: body.modality ?? null,
    labels: body.labels === undefined ? null : JSON.stringify(body.labels),
    archived: body.archived === true ? 1 : 0,
    created_at: first.occurredStart,
    erased: JSON.stringify(last.erased),
  };
}

/** What a column of JSON holds: null for what was erased and for what was not said. */
const jsonOf = (value: unknown) => (value === undefined || value === null ? null : JSON.stringify(value));

function projectTerms(db: WriteDb, entity: string, entry: EffectiveEntry<'terms.set'>): void {
  insertPayTerms(db, {
    entry_id: entry.id,
    seq: entry.seq,
    project_id: entity,
    effective_from: entry.body.effective_from ?? null,
    task_kind: entry.body.task_kind ?? null,
    rate: jsonOf(entry.body.rate),
    bonuses: jsonOf(entry.body.bonuses),
    return_penalty: jsonOf(entry.body.return_penalty),
    promised_payment: jsonOf(entry.body.promised_payment),
    note: entry.body.note ?? null,
    erased: JSON.stringify(entry.erased),
  });
}

function projectBar(db: WriteDb, entity: string, entry: EffectiveEntry<'bar.set'>): void {
  insertAccuracyBar(db, {
    entry_id: entry.id,
    seq: entry.seq,
    project_id: entity,
    effective_from: entry.body.effective_from ?? null,
    bar: jsonOf(entry.body.bar),
    erased: JSON.stringify(entry.erased),
  });
}
