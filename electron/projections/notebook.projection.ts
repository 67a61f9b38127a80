import { searchText } from '#shared/rules/notebook.rules.ts';
import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { clearNotedError, insertNotedError, insertNotedErrorTag } from '#electron/repositories/notebook.repository.ts';

/** The error notebook with its tags and the words it is searched by; what is erased is in none of them. */
export const notebookProjection: Projection = {
  kinds: ['error.noted'],
  tables: ['noted_error', 'noted_error_tag'],
  clear: clearNotedError,
  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'error.noted'> | undefined;
    if (entry === undefined) return;
    const { body } = entry;
    const rules = body.rules ?? [];
    const labels = body.labels ?? [];
    insertNotedError(db, {
      id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      project_id: body.project ?? null,
      work_type: body.work?.type ?? null,
      work_id: body.work?.id ?? null,
      return_id: body.returned ?? null,
      judged_wrong: body.judged_wrong ?? null,
      they_wanted: body.they_wanted ?? null,
      my_view: body.my_view ?? null,
      rules: JSON.stringify(rules),
      labels: JSON.stringify(labels),
      attachments: JSON.stringify(body.attachments ?? []),
      noted_at: entry.occurredStart,
      words: searchText([body.judged_wrong, body.they_wanted, body.my_view, ...rules, ...labels]),
      erased: JSON.stringify(entry.erased),
    });
    const tag = (sort: 'rule' | 'label', tags: readonly string[]) => {
      for (const each of tags) insertNotedErrorTag(db, { error_id: entity, entry_id: entry.id, sort, tag: each });
    };
    tag('rule', rules);
    tag('label', labels);
  },
};
