import type { Output } from '#shared/contract/contract.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import type { OutColumn } from '#renderer/lib/table-out.ts';
import { useExportable } from '#renderer/ui/tables-to-export.tsx';
import type { Period } from './pay-period.ts';

type Row = Output<'pay.overview'>['rows'][number];
type PayRecord = Output<'pay.list'>['records'][number];
type Claim = Output<'claims.list'>['claims'][number];

const figures = [
  'promised',
  'lostToRecalls',
  'lostToReturns',
  'expected',
  'announced',
  'received',
  'deducted',
  'difference',
  'unexplained',
] as const;
const pageSize = 500;

/** Offers what the page shows of a period for export: pay by project, what happened to pay, and claims. Draws nothing. */
export function PayTables({ rows, period }: { rows: readonly Row[]; period: Period }) {
  const t = useText();
  const client = useClient();
  const { from, to } = period;
  const byProject: OutColumn<Row>[] = [
    { header: t('pay.columns.project'), out: { type: 'text', value: (row) => row.projectName ?? t('pay.noProject') } },
    { header: t('pay.columns.pieces'), out: { type: 'count', value: (row) => row.pieces } },
    ...figures.map((figure): OutColumn<Row> => ({
      header: t(`pay.figures.${figure}`),
      out: { type: 'amounts', value: (row) => row[figure] },
    })),
  ];
  useExportable({ name: `${t('pay.byProject')} ${from} – ${to}`, columns: byProject, rows });

  const recorded = useQuery('pay.list', { ...period, limit: 1 }).data?.total ?? 0;
  const records: OutColumn<PayRecord>[] = [
    { header: t('pay.columns.day'), out: { type: 'moment', value: (row) => row.happenedAt } },
    { header: t('pay.columns.kind'), out: { type: 'text', value: (row) => t(`pay.kinds.${row.kind}`) } },
    { header: t('pay.columns.amount'), out: { type: 'money', value: (row) => row.amount } },
    { header: t('pay.columns.project'), out: { type: 'text', value: (row) => row.projectName } },
    { header: t('sheets.fields.from'), out: { type: 'day', value: (row) => row.periodFrom } },
    { header: t('sheets.fields.to'), out: { type: 'day', value: (row) => row.periodTo } },
    { header: t('sheets.fields.promisedOn'), out: { type: 'day', value: (row) => row.promisedOn } },
    {
      header: t('pay.columns.words'),
      out: { type: 'text', value: (row) => [row.channel, row.note].filter(Boolean).join(' · ') },
    },
  ];
  const all = async () => {
    const found: PayRecord[] = [];
    for (let total = 1; found.length < total;) {
      const page = await client.call('pay.list', { ...period, offset: found.length, limit: pageSize });
      found.push(...page.records);
      total = page.records.length === 0 ? 0 : page.total;
    }
    return found;
  };
  useExportable({
    name: `${t('pay.records.title')} ${from} – ${to}`,
    columns: records,
    rows: recorded === 0 ? undefined : all,
  });

  const claims = useQuery('claims.list', { limit: pageSize }).data?.claims ?? [];
  const claimed: OutColumn<Claim>[] = [
    { header: t('pay.claims.whatFor'), out: { type: 'text', value: (row) => row.whatFor } },
    { header: t('pay.columns.amount'), out: { type: 'money', value: (row) => row.amount } },
    { header: t('pay.columns.project'), out: { type: 'text', value: (row) => row.projectName } },
    { header: t('pay.columns.day'), out: { type: 'moment', value: (row) => row.openedAt } },
    { header: t('pay.claims.age'), out: { type: 'count', value: (row) => row.ageDays } },
    {
      header: t('pay.claims.state'),
      out: {
        type: 'text',
        value: ({ closed }) => (closed?.outcome ? t(`pay.claims.outcomes.${closed.outcome}`) : t('pay.claims.isOpen')),
      },
    },
  ];
  useExportable({ name: t('pay.claims.title'), columns: claimed, rows: claims });
  return null;
}
