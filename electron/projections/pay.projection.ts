import { calendarDay } from '#shared/rules/working-day.rules.ts';
import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { clearPayRecord, insertPayRecord, type PayRecordRow } from '#electron/repositories/pay.repository.ts';

type PayEntry = EffectiveEntry<'pay.announced'> | EffectiveEntry<'pay.received'> | EffectiveEntry<'pay.deducted'>;

const kinds: Record<PayEntry['kind'], PayRecordRow['kind']> = {
  'pay.announced': 'announced',
  'pay.received': 'received',
  'pay.deducted': 'deducted',
};

/** What was announced, received and deducted. */
export const payProjection: Projection = {
  kinds: ['pay.announced', 'pay.received', 'pay.deducted'],
  tables: ['pay_record'],
  clear: clearPayRecord,
  project(db, entity, entries) {
    const entry = entries.at(-1) as PayEntry | undefined;
    if (entry === undefined) return;
    const body = entry.body as Partial<
      EffectiveEntry<'pay.announced'>['body'] & EffectiveEntry<'pay.received'>['body']
    > &
      EffectiveEntry<'pay.deducted'>['body'];
    insertPayRecord(db, {
      id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      kind: kinds[entry.kind],
      project_id: body.project ?? null,
      day: body.period_to ?? calendarDay(Date.parse(entry.occurredStart), entry.zone),
      happened_at: entry.occurredStart,
      period_from: body.period_from ?? null,
      period_to: body.period_to ?? null,
      minor: body.amount?.minor ?? null,
      currency: body.amount?.currency ?? null,
      promised_on: body.promised_on ?? null,
      returned_id: body.returned ?? null,
      work_id: body.work?.id ?? null,
      channel: body.channel ?? null,
      note: body.reason ?? body.note ?? null,
      source: entry.source,
      erased: JSON.stringify(entry.erased),
    });
  },
};
