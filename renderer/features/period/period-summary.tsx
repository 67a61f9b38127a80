import type { ReactNode } from 'react';
import type { PeriodSpan } from '#shared/rules/periods.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { moneyText } from '#renderer/lib/figure-words.ts';
import { PeriodFigure } from '#renderer/ui/period-figure.tsx';
import type { Account } from './period-page.tsx';
import classes from './period.module.css';

interface Props {
  account: Account;
  before: Account | undefined;
  span: PeriodSpan;
}

/** The figures of the period, each beside what it was in the one before. */
export function PeriodSummary({ account, before, span }: Props) {
  const t = useText();
  const format = useFormat();
  const { from, to, totals } = account;
  const days = { from, to };
  const none = t('figures.none');
  const money = (amounts: Account['promised']) => (amounts.length > 0 ? moneyText(format, amounts) : none);
  const was = (text: (account: Account) => string) =>
    before && <span className={classes.was}>{t(`period.was.${span}`, { value: text(before) })}</span>;
  return (
    <section className={classes.summary} aria-label={t('period.figures')}>
      <Block title={t('figures.worked.name')}>
        <PeriodFigure figure="worked" {...days} value={format.duration(totals.worked)} large />
        {was((each) => format.duration(each.totals.worked))}
      </Block>
      <Block title={t('figures.unpaid.name')}>
        <PeriodFigure figure="unpaid" {...days} value={format.duration(totals.unpaid)} large />
        {was((each) => format.duration(each.totals.unpaid))}
        {totals.unstated > 0 && (
          <span className={classes.was}>
            {t('figures.unstated.name')}{' '}
            <PeriodFigure figure="unstated" {...days} value={format.duration(totals.unstated)} />
          </span>
        )}
      </Block>
      <Block title={t('figures.promised.name')}>
        <PeriodFigure figure="promised" {...days} value={money(account.promised)} large />
        {was((each) => money(each.promised))}
      </Block>
      <Block title={t('figures.received.name')}>
        <PeriodFigure figure="received" {...days} value={money(account.received)} large />
        {was((each) => money(each.received))}
      </Block>
      <div className={classes.perHour}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('period.perHour')}</th>
              <th scope="col">{t('figures.promised.name')}</th>
              <th scope="col">{t('figures.received.name')}</th>
            </tr>
          </thead>
          <tbody>
            {(['worked', 'paid', 'annotating'] as const).map((hours) => (
              <tr key={hours}>
                <th scope="row">{t(`ui.byHours.${hours}`)}</th>
                <td>
                  <PeriodFigure figure={`per-hour-${hours}`} {...days} value={money(account.perHour[hours])} />
                </td>
                <td>
                  <PeriodFigure
                    figure={`received-per-hour-${hours}`}
                    {...days}
                    value={money(account.receivedPerHour[hours])}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={classes.block}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
