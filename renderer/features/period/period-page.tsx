import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPrinter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import { periodBeside, periodOf, type PeriodSpan } from '#shared/rules/periods.rules.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useActions } from '#renderer/lib/action.ts';
import { usePrintReport } from '#renderer/lib/print-report.ts';
import { navigate, useRoomParams } from '#renderer/lib/route.store.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { DayTable } from './day-table.tsx';
import { HoursChart } from './hours-chart.tsx';
import { HolisticPay } from './holistic-pay.tsx';
import { PeriodCompare } from './period-compare.tsx';
import { PeriodSections } from './period-sections.tsx';
import { PeriodSummary } from './period-summary.tsx';
import { PeriodTables } from './period-tables.tsx';
import classes from './period.module.css';

export type Account = Output<'figures.period'>;

/** A week or a month: its figures beside those of the period before, its days as a chart and a table, and where the hours went. */
export function PeriodPage() {
  const t = useText();
  const format = useFormat();
  const params = useRoomParams('period');
  const today = useQuery('time.state', {}).data?.day;
  const span = params.span ?? 'week';
  const day = params.day ?? today;
  const period = day === undefined ? null : periodOf(span, day);
  const before = day === undefined ? null : periodBeside(span, day, -1);
  const account = useQuery('figures.period', period);
  const earlier = useQuery('figures.period', before);

  const go = (next: string | undefined, nextSpan: PeriodSpan = span) =>
    navigate('period', { span: nextSpan, ...(next === undefined ? {} : { day: next }) }, { replace: true });
  const isLast = period !== null && today !== undefined && period.to >= today;
  const step = (by: -1 | 1) => {
    if (day !== undefined && !(by > 0 && isLast)) go(periodBeside(span, day, by).from);
  };
  const printReport = usePrintReport();
  const print = () =>
    period &&
    void printReport(t(`period.report.${span}`, { from: format.date(period.from), to: format.date(period.to) }));
  useActions({
    'period.before': () => step(-1),
    'period.after': () => step(1),
    'period.now': () => go(undefined),
    'period.print': print,
  });
  const { data } = account;
  return (
    <Page
      title={t('app.rooms.period')}
      layout="fill"
      actions={
        <div className={classes.controls}>
          <SegmentedControl
            aria-label={t('period.span')}
            value={span}
            onChange={(next) => go(params.day, next as PeriodSpan)}
            data={[
              { value: 'week', label: t('period.week') },
              { value: 'month', label: t('period.month') },
            ]}
          />
          <Step label={t('period.actions.before')} onClick={() => step(-1)}>
            <IconChevronLeft size={16} stroke={1.6} aria-hidden />
          </Step>
          <span className={classes.range}>{period && `${format.date(period.from)} – ${format.date(period.to)}`}</span>
          <Step label={t('period.actions.after')} onClick={() => step(1)} disabled={isLast}>
            <IconChevronRight size={16} stroke={1.6} aria-hidden />
          </Step>
          <Button variant="default" leftSection={<IconPrinter size={16} stroke={1.6} aria-hidden />} onClick={print}>
            {t('period.actions.print')}
          </Button>
        </div>
      }
    >
      <div className={classes.page}>
        <ErrorNotice error={account.error} onAgain={account.refetch} />
        {data && (
          <>
            <p className={classes.printTitle}>
              {t(`period.report.${span}`, { from: format.date(data.from), to: format.date(data.to) })}
            </p>
            {isEmpty(data) ? (
              <EmptyState sentence={t('period.empty')} />
            ) : (
              <Filled
                account={data}
                before={earlier.data && !earlier.previous ? earlier.data : undefined}
                span={span}
              />
            )}
          </>
        )}
      </div>
    </Page>
  );
}

function Filled({ account, before, span }: { account: Account; before: Account | undefined; span: PeriodSpan }) {
  const t = useText();
  return (
    <>
      <PeriodTables account={account} />
      <PeriodSummary account={account} before={before} span={span} />
      <section className={classes.days} aria-label={t('period.byDay')}>
        <HoursChart account={account} />
        <DayTable account={account} />
      </section>
      <PeriodSections account={account} />
      <div className={classes.pair}>
        {before && <PeriodCompare account={account} before={before} span={span} />}
        <HolisticPay from={account.from} to={account.to} />
      </div>
    </>
  );
}

const isEmpty = ({ totals, pieces, received }: Account) =>
  totals.worked === 0 && totals.presence === 0 && pieces === 0 && received.length === 0;

interface StepProps {
  label: string;
  onClick: () => void;
  disabled?: boolean;
  children: ReactNode;
}

function Step({ label, onClick, disabled = false, children }: StepProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size="lg" aria-label={label} disabled={disabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
