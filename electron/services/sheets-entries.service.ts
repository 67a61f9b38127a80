import type { EntityId, TaskId } from '#shared/domain/ids.ts';
import type { SheetMapping, SheetRecord } from '#shared/domain/sheet-mapping.ts';
import type { AnyEntryDraft } from '#electron/core/ledger/ledger-types.ts';

/** Work that a return or a recall of a row is about. */
export type WorkRef = { type: 'submission' | 'elsewhere'; id: string };

type Of<B extends SheetRecord['becomes']> = Extract<SheetRecord, { becomes: B }>;

type Made = Omit<AnyEntryDraft, 'source' | 'subjects' | 'occurredStart' | 'occurredEnd'>;

/** The entry that a record becomes. `work` is what a return is of; a recall may go without. */
export function draftOf(record: SheetRecord, mapping: SheetMapping, id: EntityId, work: WorkRef | null): AnyEntryDraft {
  const made = bodyOf(record, mapping, work);
  const also = [mapping.project, work?.id].filter((each) => typeof each === 'string');
  return {
    ...made,
    occurredStart: record.becomes === 'time' ? record.start : record.at,
    occurredEnd: record.becomes === 'time' ? record.end : null,
    source: 'imported',
    subjects: [id, ...also],
  } as AnyEntryDraft;
}

function bodyOf(record: SheetRecord, mapping: SheetMapping, work: WorkRef | null): Made {
  switch (record.becomes) {
    case 'time':
      return time(record, mapping);
    case 'work':
      return elsewhere(record, mapping);
    case 'pay-received':
    case 'pay-announced':
      return pay(record, mapping);
    case 'accuracy':
      return accuracy(record, mapping);
    case 'return':
      return returned(record, mapping, work!);
    case 'recall':
      return recalled(record, mapping, work);
  }
}

function time(record: Of<'time'>, { project, time: what, taskKind }: SheetMapping): Made {
  return {
    kind: 'time.spent',
    body: {
      ...what!,
      project,
      task: null,
      ...(taskKind ? { task_kind: taskKind } : {}),
      tag: record.tag,
      ended_by: 'stated',
    },
  };
}

function elsewhere(record: Of<'work'>, { project, taskKind = null }: SheetMapping): Made {
  const { name, count, timeMs, note } = record;
  return {
    kind: 'work.elsewhere',
    body: { project, name, count, task_kind: taskKind, time_spent_ms: timeMs, attachments: [], note },
  };
}

function pay(record: Of<'pay-received'> | Of<'pay-announced'>, { project }: SheetMapping): Made {
  const { amount, note } = record;
  if (record.becomes === 'pay-received') {
    const { from, to } = record;
    return {
      kind: 'pay.received',
      body: { project, period_from: from, period_to: to, amount, channel: null, note, attachments: [] },
    };
  }
  const { from, to, promisedOn } = record;
  return {
    kind: 'pay.announced',
    body: { project, period_from: from, period_to: to, amount, promised_on: promisedOn, note, attachments: [] },
  };
}

function accuracy(record: Of<'accuracy'>, { project, stage }: SheetMapping): Made {
  const { day, released, percent, correct, total, note } = record;
  return {
    kind: 'accuracy.reported',
    body: { project: project!, stage, for_day: day, released_on: released, percent, correct, total, note },
  };
}

function returned(record: Of<'return'>, { project, stage }: SheetMapping, work: WorkRef): Made {
  return {
    kind: 'return.received',
    body: {
      subject: work as { type: 'elsewhere'; id: TaskId },
      project,
      stage: stage!,
      round: record.round,
      reason: record.reason,
      rule_cited: record.rule,
      guideline: null,
      objects: [],
      pieces: null,
      itemised: null,
      check: null,
      reviewer: null,
      deadline: null,
      deduction: null,
      view: null,
      attachments: [],
    },
  };
}

function recalled(record: Of<'recall'>, { project, stage }: SheetMapping, work: WorkRef | null): Made {
  return {
    kind: 'recall.received',
    body: {
      project: project!,
      level: 'task',
      segment: null,
      works: work === null ? [] : [work as { type: 'elsewhere'; id: TaskId }],
      pieces: record.pieces,
      stage,
      reason: record.reason,
      rule_cited: record.rule,
      stated_loss: null,
      attachments: [],
    },
  };
}
