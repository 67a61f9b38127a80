import type { Input, Output } from '#shared/contract/contract.ts';
import type { EntryId, GuidelineId } from '#shared/domain/ids.ts';
import type { StatementDocument, StatementPart } from '#shared/domain/statement.ts';
import type { FigureId } from '#shared/metrics/catalogue.metric.ts';
import { percentText } from '#shared/metrics/unifying-accuracy.metric.ts';
import type { Format } from '#renderer/i18n/format.ts';
import type { useText } from '#renderer/i18n/i18n.ts';
import { kindWords, moneyText } from '#renderer/lib/figure-words.ts';

export type Statement = Output<'statements.get'>;

/** What a cell or a fact opens: entries of a part of the statement, or those that a narrower question leaves. */
export type Opened =
  | Omit<Input<'statements.entries'>, 'projectId'>
  | { returned: Omit<Input<'returns.entries'>, 'projectId'> }
  | { recalled: Input<'recalls.list'>['level'] & string }
  | { guideline: Input<'guidelines.entries'> }
  /** Every entry of a kind about the project. */
  | { entryKind: 'ruling.given' }
  | { contradictions: true }
  | { neverReturned: true };

export interface Fact {
  name: string;
  value: string;
  figure?: FigureId;
  opens?: Opened;
  /** Several figures in one place, each opened by itself; `value` has them in a row. */
  parts?: readonly Fact[];
}

/** A part of the statement: what the ledger knows of it, and which words the worker may write to it. */
export interface Section {
  part: StatementPart | 'guidelines';
  title: string;
  /** What belongs here, for who writes it. */
  hint: string;
  written: { text: string; entryId: EntryId } | null;
  facts: Fact[];
  tables: { title: string; heads: string[]; rows: Fact[][]; opens: Opened }[];
}

interface Words {
  t: ReturnType<typeof useText>;
  format: Format;
}

type Losses = Output<'recalls.account'>;

const share = ({ format }: Words, part: number, whole: number) =>
  `${format.number(part)} / ${format.number(whole)}` +
  (whole > 0 ? ` · ${percentText({ correct: BigInt(part), total: BigInt(whole) }, 1)} %` : '');

/** The sections of a statement in the order in which the studies ask for them. */
export function sectionsOf(statement: Statement, losses: Losses | undefined, words: Words): Section[] {
  const { t } = words;
  const of = (part: Section['part'], facts: Fact[], tables: Section['tables']): Section => ({
    part,
    title: t(`statement.parts.${part}.title`),
    hint: t(`statement.parts.${part}.hint`),
    written: statement.written.find((each) => each.part === part) ?? null,
    facts,
    tables: tables.filter(({ rows }) => rows.length > 0),
  });
  return [
    of('definition', definitionFacts(statement, words), [barsTable(statement, words)]),
    of('measurement', measurementFacts(statement, words), [reportsTable(statement, words)]),
    of('justification', [], []),
    of('process', processFacts(statement, words), processTables(statement, words)),
    of('guidelines', guidelineFacts(statement, words), [guidelinesTable(statement, words)]),
    of('labour', labourFacts(statement, losses, words), labourTables(statement, words)),
  ];
}

function definitionFacts({ bars, project }: Statement, { t }: Words): Fact[] {
  const last = bars.at(-1)?.bar;
  return [
    { name: t('statement.facts.modality'), value: t(`statement.modalities.${project.modality}`) },
    {
      name: t('statement.facts.bar'),
      value: last ? t(`projects.bar.short.${last.operator}`, { percent: last.percent }) : t('statement.unknown'),
      ...(last ? { opens: { of: 'bars' } } : {}),
    },
    { name: t('statement.facts.unifying'), value: t('statement.unifyingFormula') },
  ];
}

function barsTable({ bars }: Statement, { t, format }: Words): Section['tables'][number] {
  return {
    title: t('statement.tables.bars'),
    heads: [t('statement.columns.from'), t('statement.facts.bar'), t('statement.columns.measuredBy')],
    opens: { of: 'bars' },
    rows: bars.map(({ effectiveFrom, bar }) => [
      cell(format.date(effectiveFrom)),
      cell(t(`projects.bar.short.${bar.operator}`, { percent: bar.percent })),
      cell(bar.measuredBy ?? ''),
    ]),
  };
}

const cell = (value: string): Fact => ({ name: '', value });

/** A count of a guideline version, which opens what it counts. */
const under = (guidelineId: GuidelineId, what: Input<'guidelines.entries'>['what'], value: string): Fact => ({
  ...{ name: '', value },
  figure: `guideline-${what}`,
  opens: { guideline: { guidelineId, what } },
});

function measurementFacts({ measurement }: Statement, words: Words): Fact[] {
  const { t, format } = words;
  const { checks, itemised, pieces, neverReturned } = measurement;
  const counts = (name: string, known: readonly [string, number, Opened][]): Fact => {
    const parts = known
      .filter(([, count]) => count > 0)
      .map(([of, count, opens]): Fact => {
        return { name: of, value: `${of} ${format.number(count)}`, figure: 'return-checks', opens };
      });
    return { name, value: parts.map(({ value }) => value).join(' · ') || t('statement.unknown'), parts };
  };
  return [
    counts(t('statement.facts.checks'), [
      [t('returns.checks.sample'), checks.sample, { of: 'returns', check: 'sample' }],
      [t('returns.checks.full'), checks.full, { of: 'returns', check: 'full' }],
      [t('statement.unsaid'), checks.unknown, { of: 'returns', check: null }],
    ]),
    counts(t('statement.facts.itemised'), [
      [t('returns.itemised.yes'), itemised.yes, { of: 'returns', itemised: true }],
      [t('returns.itemised.no'), itemised.no, { of: 'returns', itemised: false }],
      [t('statement.unsaid'), itemised.unknown, { of: 'returns', itemised: null }],
    ]),
    {
      name: t('returns.figures.never'),
      value: share(words, neverReturned, pieces),
      figure: 'first-pass',
      opens: { neverReturned: true },
    },
  ];
}

function reportsTable({ measurement }: Statement, { t, format }: Words): Section['tables'][number] {
  return {
    title: t('figures.accuracy-reports.name'),
    heads: [t('accuracy.stage'), t('statement.columns.released'), t('statement.columns.below')],
    opens: { of: 'reports' },
    rows: measurement.reports.map(({ stage, reports, below }) => [
      cell(stage === null ? t('statement.unsaid') : t(`returns.stages.${stage}`)),
      { name: '', value: format.number(reports), figure: 'accuracy-reports', opens: { of: 'reports', stage } },
      {
        ...{ name: '', value: format.number(below) },
        ...{ figure: 'accuracy-reports', opens: { of: 'reports', stage, below: true } },
      },
    ]),
  };
}

function processFacts({ process }: Statement, words: Words): Fact[] {
  const { t } = words;
  const all = process.byStage.reduce((sum, { returns }) => sum + returns, 0);
  const machine = process.byStage.find(({ stage }) => stage === 'machine')?.returns ?? 0;
  return [
    {
      name: t('statement.facts.machine'),
      value: all === 0 ? t('statement.unknown') : share(words, machine, all),
      ...(all > 0 ? { figure: 'returns-by-stage' as const, opens: { returned: { stage: 'machine' as const } } } : {}),
    },
  ];
}

function processTables({ process }: Statement, { t, format }: Words): Section['tables'] {
  return [
    {
      title: t('figures.returns-by-stage.name'),
      heads: [t('returns.columns.stage'), t('returns.figures.total')],
      opens: { of: 'returns' },
      rows: process.byStage.map(({ stage, returns }) => [
        cell(t(`returns.stages.${stage}`)),
        { name: '', value: format.number(returns), figure: 'returns-by-stage', opens: { returned: { stage } } },
      ]),
    },
    {
      title: t('returns.tabs.recalls'),
      heads: [t('returns.recalls.level'), t('returns.tabs.recalls'), t('returns.recalls.pieces')],
      opens: { of: 'recalls' },
      rows: process.recalls.map(({ level, recalls, pieces }) => [
        cell(t(`returns.recalls.levels.${level}`)),
        { name: '', value: format.number(recalls), figure: 'recall-share', opens: { recalled: level } },
        { name: '', value: format.number(pieces), figure: 'recall-share', opens: { recalled: level } },
      ]),
    },
    {
      title: t('figures.standing.name'),
      heads: [t('returns.standing.what'), t('statement.columns.times')],
      opens: { of: 'standing' },
      rows: process.standing.map(({ what, count }) => [
        cell(t(`returns.standing.whats.${what}`)),
        { name: '', value: format.number(count), figure: 'standing', opens: { of: 'standing', kind: what } },
      ]),
    },
  ];
}

function guidelineFacts({ guidelines, rulings, contradictions, younger }: Statement, words: Words): Fact[] {
  const { t, format } = words;
  return [
    {
      name: t('statement.facts.versions'),
      value: format.number(guidelines.length),
      figure: 'guideline-versions',
      opens: { of: 'guidelines' },
    },
    {
      name: t('figures.rulings.name'),
      value: format.number(rulings),
      figure: 'rulings',
      opens: { entryKind: 'ruling.given' },
    },
    {
      name: t('statement.facts.contradictions'),
      value: format.number(contradictions),
      figure: 'contradictions',
      opens: { contradictions: true },
    },
    ...(younger.told > 0
      ? [
          {
            name: t('returns.figures.younger'),
            value: share(words, younger.younger, younger.told),
            figure: 'younger-rule' as const,
            opens: { returned: { youngerRule: true } },
          },
        ]
      : []),
  ];
}

function guidelinesTable({ guidelines }: Statement, { t, format }: Words): Section['tables'][number] {
  return {
    title: t('statement.tables.guidelines'),
    heads: [
      t('projects.guidelines.version'),
      t('statement.columns.from'),
      t('statement.columns.received'),
      t('projects.guidelines.channel'),
      t('projects.guidelines.counts.submissions'),
      t('projects.guidelines.counts.returns'),
      t('projects.guidelines.counts.cited'),
    ],
    opens: { of: 'guidelines' },
    rows: guidelines.map(({ id, version, effectiveFrom, receivedAt, channel, submissions, returns, cited }) => [
      cell(version),
      cell(format.date(effectiveFrom)),
      cell(format.dateTime(receivedAt)),
      cell(channel ?? ''),
      under(id, 'submissions', format.number(submissions)),
      under(id, 'returns', format.number(returns)),
      under(id, 'cited', format.number(cited)),
    ]),
  };
}

function labourFacts({ labour }: Statement, losses: Losses | undefined, { t, format }: Words): Fact[] {
  const time = (name: string, ms: number, figure: FigureId, opens: Opened): Fact => ({
    ...{ name, value: format.duration(ms), figure, opens },
  });
  const money = (name: string, amounts: Losses['left'], figure: FigureId): Fact[] =>
    amounts.length === 0 ? [] : [{ name, value: moneyText(format, amounts), figure, opens: { of: 'recalls' } }];
  return [
    time(t('figures.worked.name'), labour.worked, 'worked', { of: 'time' }),
    time(t('figures.paid.name'), labour.paid, 'paid', { of: 'time', paid: 'paid' }),
    time(t('figures.unpaid.name'), labour.unpaid, 'unpaid', { of: 'time', paid: 'unpaid' }),
    ...(labour.unstated > 0
      ? [time(t('figures.unstated.name'), labour.unstated, 'unstated', { of: 'time', paid: 'unstated' })]
      : []),
    time(t('figures.precision.name'), labour.revising, 'precision', { of: 'time', kind: 'revising' }),
    {
      name: t('returns.figures.total'),
      value: format.number(labour.rounds),
      figure: 'returns',
      opens: { of: 'returns' },
    },
    time(t('training.figures.hours'), labour.trainingMs, 'training-hours', { of: 'training' }),
    time(t('training.figures.unpaid'), labour.trainingUnpaidMs, 'training-unpaid', {
      of: 'training',
      training: 'unpaid',
    }),
    ...(labour.trainingCosts.length > 0
      ? [
          {
            name: t('statement.facts.trainingCosts'),
            value: moneyText(format, labour.trainingCosts),
            figure: 'training-fees' as const,
            opens: { of: 'training' as const, training: 'costs' as const },
          },
        ]
      : []),
    ...(losses ? money(t('returns.recalls.promised'), losses.promised.amounts, 'recall-promised') : []),
    ...(losses ? money(t('returns.recalls.lost'), losses.lost.amounts, 'recall-loss') : []),
  ];
}

function labourTables({ labour }: Statement, { t, format }: Words): Section['tables'] {
  const kinds = (of: Record<string, number>, figure: FigureId, more: Partial<Opened> = {}): Fact[][] =>
    Object.entries(of)
      .sort(([, a], [, b]) => b - a)
      .map(([kind, ms]) => [
        cell(kindWords(t, kind)),
        { name: '', value: format.duration(ms), figure, opens: { of: 'time', kind, ...more } },
      ]);
  const heads = [t('period.columns.kind'), t('period.columns.hours')];
  return [
    {
      title: t('period.unpaid'),
      heads,
      opens: { of: 'time', paid: 'unpaid' },
      rows: kinds(labour.unpaidByKind, 'unpaid', { paid: 'unpaid' }),
    },
    { title: t('period.waiting'), heads, opens: { of: 'time' }, rows: kinds(labour.waiting, 'waiting') },
  ];
}

/** The statement as a file has it: the same words, without what can be opened. */
export function documentOf(
  statement: Statement,
  sections: readonly Section[],
  words: Words,
  withNames: boolean,
): StatementDocument {
  const { t, format } = words;
  const { name, client, intermediary } = statement.project;
  return {
    title: t('statement.documentTitle', { project: name }),
    lead: [
      t('statement.madeOn', { day: format.date(new Date().toISOString()) }),
      ...(withNames && client ? [t('statement.client', { name: client })] : []),
      ...(withNames && intermediary ? [t('statement.intermediary', { name: intermediary })] : []),
    ],
    sections: sections.map(({ title, written, facts, tables }) => ({
      title,
      paragraphs: written ? [written.text] : facts.length + tables.length === 0 ? [t('statement.nothing')] : [],
      facts: facts.map((fact) => ({ name: fact.name, value: fact.value })),
      tables: tables.map((table) => ({
        title: table.title,
        heads: table.heads,
        rows: table.rows.map((row) => row.map(({ value }) => value)),
      })),
    })),
  };
}
