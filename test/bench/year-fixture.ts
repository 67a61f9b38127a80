import { createHash } from 'node:crypto';
import type { AnyEntryDraft } from '#electron/core/ledger/ledger-types.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { dayPlus } from '#shared/rules/working-day.rules.ts';
import { type LedgerFixture, openFixture, stretch, submission } from './ledger-fixture.ts';

/** A year of heavy use: six days a week, each with stretches of a minute and a photo handed in after every third. */
const workDays = 313;
const stretchesADay = 240;
const hour = 3_600_000;

export interface Year {
  /** The end of its last day. */
  at: string;
  entries: number;
  projectId: ProjectId;
}

const yuan = (minor: number) => ({ minor, currency: 'CNY' });

/** Writes entries about the project and counts them. */
interface Writer {
  fixture: LedgerFixture;
  write(kind: string, body: object, more?: { subjects?: readonly string[]; from?: string }): string;
}

function setUp({ fixture: { projectId }, write }: Writer): void {
  write(
    'project.created',
    { name: 'street', client: null, intermediary: null, modality: 'image', labels: [], archived: false },
    { subjects: [projectId] },
  );
  write(
    'terms.set',
    {
      ...{ project: projectId, effective_from: '2026-01-01', task_kind: null },
      ...{ rate: { per: 'piece', amount: yuan(35) }, bonuses: [], promised_payment: null, note: null },
      return_penalty: { free: 0, firstPercent: 20, laterPercent: 10, how: 'additive' },
    },
    { subjects: [projectId] },
  );
  const bar = { operator: 'at-least', percent: '95', measuredBy: null };
  write('bar.set', { project: projectId, effective_from: '2026-01-01', bar }, { subjects: [projectId] });
}

/** What became of a machine's proposals: two of three objects of every second photo were proposed. */
const machineOf = (shapes: readonly { id: string }[]) => ({
  ...{ models: ['detector 3'], proposed: 2, accepted: 1, corrected: 1, rejected: 0, undecided: 0, by_hand: 1 },
  corrections: [{ object: shapes[0]!.id, iou: 0.82, largest_px: 4.5, label_changed: false }],
});

type Sealed = AnyEntryDraft & { body: { annotation: { shapes: { id: string }[] }; task: string } };

/** A photo handed in under the guideline in force, and what comes with some of them. */
function handIn({ fixture, write }: Writer, nth: number, guideline: string): void {
  const { ids, projectId } = fixture;
  const sealed = submission(fixture, nth) as Sealed;
  const { shapes } = sealed.body.annotation;
  const { task } = sealed.body;
  // The first of each day comes back as a photo that is said to be new.
  const photo = nth === 0 ? 'the same' : task;
  const media_hash = createHash('sha256').update(photo).digest('hex');
  const version = { media_hash, guideline, guideline_version: guideline.slice(-4) };
  write(
    'submission.sealed',
    { ...sealed.body, ...version, machine: nth % 6 === 0 ? machineOf(shapes) : null },
    { subjects: sealed.subjects },
  );
  if (nth % 60 === 0) {
    const judgement = { task, project: projectId, judgement: 'car', machine_answer: null };
    write('judgement.sealed', { ...judgement, before_machine: true }, { subjects: [ids.uuid(), task, projectId] });
    const after = { ...judgement, machine_answer: 'car', before_machine: false };
    write('judgement.sealed', after, { subjects: [ids.uuid(), task, projectId] });
  }
  if (nth % 30 !== 0) return;
  const subject = { type: 'submission', id: sealed.subjects[0] };
  write(
    'return.received',
    {
      ...{ subject, project: projectId, stage: 'reviewer', round: 1, reason: 'loose', rule_cited: `rule ${nth % 7}` },
      ...{
        guideline,
        objects: [shapes[0]!.id],
        pieces: null,
        itemised: true,
        check: 'sample',
        reviewer: null,
        deadline: null,
      },
      ...{ deduction: yuan(5), view: 'disagree', attachments: [] },
    },
    { subjects: [ids.uuid(), subject.id] },
  );
  write('error.noted', {
    ...{ project: projectId, work: subject, returned: null, judged_wrong: 'too loose', they_wanted: 'a pixel' },
    ...{ my_view: 'two pixels', rules: [`rule ${nth % 7}`], labels: ['car'], attachments: [] },
  });
}

/** What comes once a day, a week or a month. */
function between({ fixture, write }: Writer, day: number): void {
  const { clock, projectId } = fixture;
  const date = clock.instant.slice(0, 10);
  write('accuracy.reported', {
    ...{ project: projectId, stage: 'inspector', for_day: dayPlus(date, -1), released_on: date },
    ...{ percent: null, correct: 77, total: 80, note: null },
  });
  write('work.elsewhere', {
    ...{ project: projectId, name: `batch ${day}`, count: 20, task_kind: null, time_spent_ms: hour },
    ...{ attachments: [], note: null },
  });
  if (day % 6 === 5) {
    write(
      'training.held',
      {
        ...{ project: projectId, topic: 'rules', time_ms: hour, called_at: null, mandatory: true, paid: false },
        ...{ retraining: false, fee: yuan(5000), travel_cost: null, travel_ms: null, certificate: null },
        ...{ needed: null, note: null },
      },
      { from: new Date(clock.now() - hour).toISOString() },
    );
  }
  if (day % 26 !== 25) return;
  const period = { period_from: dayPlus(date, -29), period_to: date };
  const paid = { project: projectId, amount: yuan(60_000), note: null, attachments: [], ...period };
  write('pay.announced', { ...paid, promised_on: null });
  write('pay.received', { ...paid, channel: null });
  write('recall.received', {
    ...{ project: projectId, level: 'segment', segment: null, works: [], pieces: 40, stage: 'overseer' },
    ...{ reason: 'below the bar', rule_cited: null, stated_loss: null, attachments: [] },
  });
}

const measured = new Set(['time.spent', 'submission.sealed', 'judgement.sealed']);

/** Writes the year through the ledger. */
export function writeYear(dataDir: string): Year {
  const fixture = openFixture(dataDir, '2026-01-01T01:00:00.000Z');
  const { db, ledger, clock, ids, projectId } = fixture;
  let entries = 1;
  db.transaction((tx) => ledger.openIfNew(tx));
  const inOne = (work: (writer: Writer) => void) =>
    db.transaction((tx) =>
      work({
        fixture,
        write(kind, body, { subjects = [ids.uuid(), projectId], from } = {}) {
          const occurred = { occurredStart: from ?? clock.instant, occurredEnd: from ? clock.instant : null };
          const source = measured.has(kind) ? 'measured' : 'stated';
          ledger.append(tx, [{ kind, body, ...occurred, source, subjects } as unknown as AnyEntryDraft]);
          entries += 1;
          return subjects[0]!;
        },
      }),
    );
  inOne(setUp);
  let guideline = '';
  for (let day = 0; day < workDays; day += 1) {
    inOne((writer) => {
      if (day % 13 === 0) {
        guideline = writer.write('guideline.received', {
          ...{ project: projectId, version: `${1 + day / 13}`, text: 'draw it tight. '.repeat(400) },
          ...{ effective_from: clock.instant.slice(0, 10), channel: 'group', announced_by: null, rules: {} },
          attachments: [],
        });
      }
      for (let nth = 0; nth < stretchesADay; nth += 1) {
        const span = stretch(fixture);
        const what = nth % 40 === 39 ? 'revising' : 'annotating';
        const paid = nth % 40 === 39 ? 'unpaid' : nth % 3 === 1 ? 'by-time' : 'by-piece';
        const times = { from: span.occurredStart, subjects: span.subjects };
        writer.write('time.spent', { ...span.body, what, paid }, times);
        if (nth % 3 === 0) handIn(writer, nth, guideline);
        clock.advance(70_000);
      }
      between(writer, day);
    });
    const next = (Math.floor(clock.now() / (24 * hour)) + (day % 6 === 5 ? 2 : 1)) * 24 * hour + hour;
    clock.advance(next - clock.now());
  }
  const at = clock.instant;
  db.close();
  return { at, entries, projectId: projectId as ProjectId };
}
