import type { Money } from '#shared/domain/money.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { kindWords } from '#renderer/lib/figure-words.ts';
import type { OutColumn } from '#renderer/lib/table-out.ts';
import { useExportable } from '#renderer/ui/tables-to-export.tsx';
import type { Account } from './period-page.tsx';

interface ByKind {
  kind: string;
  ms: number;
  worth: readonly Money[];
}

/** Offers what the page shows of a period for export: its figures, its days, where the hours went, and what if. Draws nothing. */
export function PeriodTables({ account }: { account: Account }) {
  const t = useText();
  const { from, to, totals, precision } = account;
  const named = (name: string) => `${name} ${from} – ${to}`;
  const hours = t('period.columns.hours');
  const days: OutColumn<Account['days'][number]>[] = [
    { header: t('period.columns.day'), out: { type: 'day', value: (row) => row.day } },
    { header: t('figures.worked.name'), out: { type: 'duration', value: (row) => row.totals.worked } },
    { header: t('figures.unpaid.name'), out: { type: 'duration', value: (row) => row.totals.unpaid } },
    { header: t('figures.pieces.name'), out: { type: 'count', value: (row) => row.pieces } },
    { header: t('figures.promised.name'), out: { type: 'amounts', value: (row) => row.promised } },
  ];
  useExportable({ name: named(t('period.byDay')), columns: days, rows: account.days });
  const figures: OutColumn<{ name: string; ms?: number; count?: number; amounts?: readonly Money[] }>[] = [
    { header: t('period.columns.what'), out: { type: 'text', value: (row) => row.name } },
    { header: hours, out: { type: 'duration', value: (row) => row.ms } },
    { header: t('figures.pieces.name'), out: { type: 'count', value: (row) => row.count } },
    { header: t('pay.columns.amount'), out: { type: 'amounts', value: (row) => row.amounts ?? [] } },
  ];
  const rows = [
    ...(['worked', 'paid', 'unpaid', 'annotating', 'presence', 'active'] as const).map((figure) => ({
      name: t(`figures.${figure}.name`),
      ms: totals[figure],
    })),
    { name: t('figures.precision.name'), ms: precision.revisingMs },
    { name: t('figures.pieces.name'), count: account.pieces },
    { name: t('period.returns'), count: precision.returns },
    { name: t('figures.promised.name'), amounts: account.promised },
    { name: t('figures.received.name'), amounts: account.received },
    ...(['worked', 'paid', 'annotating'] as const).map((each) => ({
      name: t(`figures.per-hour-${each}.name`),
      amounts: account.perHour[each],
    })),
    ...(['worked', 'paid', 'annotating'] as const).map((each) => ({
      name: t(`figures.received-per-hour-${each}.name`),
      amounts: account.receivedPerHour[each],
    })),
    { name: t('figures.unpaid-worth.name'), amounts: account.unpaidWorth },
  ];
  useExportable({ name: named(t('period.figures')), columns: figures, rows });
  const kinds: OutColumn<ByKind>[] = [
    { header: t('period.columns.kind'), out: { type: 'text', value: (row) => kindWords(t, row.kind) } },
    { header: hours, out: { type: 'duration', value: (row) => row.ms } },
  ];
  const worth: OutColumn<ByKind> = {
    header: t('figures.unpaid-worth.name'),
    out: { type: 'amounts', value: (row) => row.worth },
  };
  const unpaid = longestFirst(totals.unpaidByKind).map((row) => ({
    ...row,
    worth: account.unpaidWorthByKind[row.kind] ?? [],
  }));
  useExportable({ name: named(t('period.unpaid')), columns: [...kinds, worth], rows: unpaid });
  useExportable({ name: named(t('period.waiting')), columns: kinds, rows: longestFirst(totals.byWaiting) });
  const projects: OutColumn<Account['projects'][number]>[] = [
    {
      header: t('period.columns.project'),
      out: { type: 'text', value: (row) => (row.projectId === null ? t('period.noProject') : row.name) },
    },
    { header: t('figures.worked.name'), out: { type: 'duration', value: (row) => row.worked } },
    { header: t('figures.unpaid.name'), out: { type: 'duration', value: (row) => row.unpaid } },
    { header: t('figures.pieces.name'), out: { type: 'count', value: (row) => row.pieces } },
    { header: t('period.columns.returned'), out: { type: 'count', value: (row) => row.returned } },
    { header: t('figures.promised.name'), out: { type: 'amounts', value: (row) => row.promised } },
    { header: t('figures.per-hour-worked.name'), out: { type: 'amounts', value: (row) => row.perHourWorked } },
  ];
  useExportable({ name: named(t('period.projects')), columns: projects, rows: account.projects });
  const whatIf: OutColumn<Account['whatIf'][number]>[] = [
    { header: t('period.columns.bar'), out: { type: 'percent', value: (row) => row.percent } },
    { header: t('period.columns.kept'), out: { type: 'amounts', value: (row) => row.kept } },
    { header: t('period.columns.lost'), out: { type: 'amounts', value: (row) => row.lost } },
    { header: t('period.columns.below'), out: { type: 'count', value: (row) => row.daysBelow } },
  ];
  useExportable({ name: named(t('period.whatIf')), columns: whatIf, rows: account.whatIf });
  return null;
}

const longestFirst = (kinds: Record<string, number>) =>
  Object.entries(kinds)
    .sort(([, a], [, b]) => b - a)
    .map(([kind, ms]): ByKind => ({ kind, ms, worth: [] }));
