import { ActionIcon, Button, Select } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPrinter } from '@tabler/icons-react';
import type { Output } from '#shared/contract/contract.ts';
import { sumMoney } from '#shared/rules/pay.rules.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { usualCurrencies } from '#renderer/lib/money-input.ts';
import { useActions } from '#renderer/lib/action.ts';
import { usePrintReport } from '#renderer/lib/print-report.ts';
import { navigate, useRoomParams } from '#renderer/lib/route.store.ts';
import { DayField } from '#renderer/ui/date-field.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Figure } from '#renderer/ui/figure.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Amounts } from './amounts.tsx';
import { ClaimsPart } from './pay-claims.tsx';
import { PayDialog } from './pay-dialog.tsx';
import { isMonth, localToday, monthOf, type Period } from './pay-period.ts';
import { PayTable } from './pay-table.tsx';
import { PayTables } from './pay-tables.tsx';
import { RatesPart } from './pay-rates.tsx';
import { RecordsPart } from './pay-records.tsx';
import { StatementDialog } from './statement-dialog.tsx';
import classes from './pay.module.css';

/** What a period should have brought, what it brought, and what is still owed. */
export function PayPage() {
  const t = useText();
  const params = useRoomParams('pay');
  // What is worked in the first night of a month, before the working day begins, belongs to the month before.
  const usual = monthOf(useQuery('time.state', {}).data?.day ?? localToday());
  const period = { from: params.from ?? usual.from, to: params.to ?? usual.to };
  const show = (next: Period) => navigate('pay', next, { replace: true });
  const close = () => show(period);
  const begin = (what: NonNullable<typeof params.new>) => navigate('pay', { ...period, new: what }, { replace: true });
  const format = useFormat();
  const report = t('pay.report', { from: format.date(period.from), to: format.date(period.to) });
  const printReport = usePrintReport();
  const print = () => void printReport(report);
  useActions({ 'pay.print': print });
  const [currency, chooseCurrency] = useUiSetting('pay.currency', '');
  const wrong = period.to < period.from;
  const found = useQuery('pay.overview', wrong ? null : { ...period, currency: currency === '' ? null : currency });
  return (
    <Page
      title={t('app.rooms.pay')}
      layout="fill"
      actions={
        <>
          <Button variant="default" onClick={() => begin('statement')}>
            {t('pay.statement.action')}
          </Button>
          <Button variant="default" onClick={() => begin('claim')}>
            {t('pay.claims.new')}
          </Button>
          <Button variant="default" leftSection={<IconPrinter size={16} stroke={1.6} aria-hidden />} onClick={print}>
            {t('period.actions.print')}
          </Button>
          <Button onClick={() => begin('received')}>{t('pay.new.action')}</Button>
        </>
      }
      filters={
        <>
          <PeriodChoice period={period} onChange={show} />
          <Select
            aria-label={t('pay.inCurrency')}
            placeholder={t('pay.inCurrency')}
            data={[...usualCurrencies]}
            value={currency === '' ? null : currency}
            onChange={(next) => chooseCurrency(next ?? '')}
            clearable
            searchable
          />
        </>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key */}
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('app.rooms.pay')}>
        <p className={classes.printTitle}>{report}</p>
        <ErrorNotice error={found.error} onAgain={found.refetch} />
        {wrong && <p className={classes.look}>{t('pay.periodWrong')}</p>}
        {!wrong && <PayTables rows={found.data?.rows ?? []} period={period} />}
        {found.data && <Overview overview={found.data} period={period} />}
        {found.data?.rows.length === 0 && (
          <EmptyState
            sentence={t('pay.empty')}
            action={<Button onClick={() => begin('received')}>{t('pay.new.action')}</Button>}
          />
        )}
        {!wrong && <RecordsPart key={`${period.from} ${period.to}`} period={period} />}
        <ClaimsPart />
        <div className={classes.onScreen}>
          <RatesPart />
        </div>
      </div>
      {params.new === 'statement' && <StatementDialog period={period} onClose={close} />}
      {params.new !== undefined && params.new !== 'statement' && (
        <PayDialog kind={params.new} period={period} onClose={close} />
      )}
    </Page>
  );
}

function PeriodChoice({ period, onChange }: { period: Period; onChange: (period: Period) => void }) {
  const t = useText();
  const format = useFormat();
  const name = isMonth(period)
    ? new Intl.DateTimeFormat(format.language === 'zh-CN' ? 'zh-CN' : 'en-GB', {
        year: 'numeric',
        month: 'long',
        timeZone: 'UTC',
      }).format(new Date(period.from))
    : t('pay.chosen');
  return (
    <>
      <ActionIcon aria-label={t('pay.monthBefore')} onClick={() => onChange(monthOf(period.from, -1))}>
        <IconChevronLeft size={16} stroke={1.6} />
      </ActionIcon>
      <span className={classes.month}>{name}</span>
      <ActionIcon aria-label={t('pay.monthAfter')} onClick={() => onChange(monthOf(period.from, 1))}>
        <IconChevronRight size={16} stroke={1.6} />
      </ActionIcon>
      <DayField
        aria-label={t('pay.from')}
        className={classes.day}
        value={period.from}
        onChange={(from) => from !== '' && onChange({ ...period, from })}
      />
      <DayField
        aria-label={t('pay.to')}
        className={classes.day}
        value={period.to}
        onChange={(to) => to !== '' && onChange({ ...period, to })}
      />
    </>
  );
}

const heads = ['expected', 'received', 'difference'] as const;

function Overview({ overview, period }: { overview: Output<'pay.overview'>; period: Period }) {
  const t = useText();
  const { rows, total, converted } = overview;
  if (rows.length === 0) return null;
  return (
    <>
      <dl className={classes.heads}>
        {heads.map((figure) => (
          <div key={figure} className={classes.head}>
            <dt>{t(`pay.figures.${figure}`)}</dt>
            <dd>
              <Amounts figure={figure} amounts={total[figure]} period={period} large />
              {converted && <Converted figure={figure} converted={converted} period={period} />}
            </dd>
          </div>
        ))}
        <OpenClaims />
      </dl>
      <PayTable rows={rows} total={total} period={period} />
    </>
  );
}

/** What is claimed and not settled, whatever the period, and for how long the oldest has been. */
function OpenClaims() {
  const t = useText();
  const format = useFormat();
  const found = useQuery('claims.list', { open: true, limit: 500 });
  const claims = found.data?.claims ?? [];
  if (claims.length === 0) return null;
  const amounts = sumMoney(claims.flatMap(({ amount }) => amount ?? []));
  const title = t('pay.claims.open');
  return (
    <div className={classes.head}>
      <dt>{title}</dt>
      <dd>
        <Figure
          value={amounts.map(format.money).join(' · ')}
          formula={t('pay.formulas.claims')}
          onOpen={() => navigate('ledger', { entries: claims.map(({ entryId }) => entryId), title })}
          large
        />
        <div className={classes.small}>
          {t('pay.claims.oldest', { count: Math.max(...claims.map(({ ageDays }) => ageDays)) })}
        </div>
      </dd>
    </div>
  );
}

interface ConvertedProps {
  figure: (typeof heads)[number];
  converted: NonNullable<Output<'pay.overview'>['converted']>;
  period: Period;
}

/** The same in one currency, by the rates its owner entered; or which rate is missing. */
function Converted({ figure, converted, period }: ConvertedProps) {
  const t = useText();
  const format = useFormat();
  const amount = converted[figure];
  if (amount === null) {
    return (
      <div className={classes.small}>
        {t('pay.rates.missing', { from: converted.withoutRate.join(', '), to: converted.currency })}
      </div>
    );
  }
  if (converted.entries.length === 0) return null;
  return (
    <div className={classes.small}>
      <Figure
        value={`≈ ${format.money(amount)}`}
        formula={t('pay.formulas.converted', { day: format.date(period.to) })}
        onOpen={() => navigate('ledger', { entries: converted.entries, title: t('pay.rates.title') })}
      />
    </div>
  );
}
