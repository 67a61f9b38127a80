import { UnstyledButton } from '@mantine/core';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { moneyText } from '#renderer/lib/figure-words.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { PeriodFigure } from '#renderer/ui/period-figure.tsx';
import type { Account } from './period-page.tsx';
import classes from './period.module.css';

/** The days in figures; a day opens on its own page. */
export function DayTable({ account }: { account: Account }) {
  const t = useText();
  const format = useFormat();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a part that scrolls is reached by the keyboard
    <div className={classes.dayTable} tabIndex={0} role="group" aria-label={t('period.byDay')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('period.columns.day')}</th>
            <th scope="col">{t('figures.worked.name')}</th>
            <th scope="col">{t('figures.unpaid.name')}</th>
            <th scope="col">{t('figures.pieces.name')}</th>
            <th scope="col">{t('figures.promised.name')}</th>
          </tr>
        </thead>
        <tbody>
          {account.days.map(({ day, totals, pieces, promised }) => (
            <tr key={day} data-empty={(totals.worked === 0 && pieces === 0) || undefined}>
              <th scope="row">
                <UnstyledButton className={classes.link} onClick={() => navigate('today', { day })}>
                  {format.dayOfWeek(day)}
                </UnstyledButton>
              </th>
              <td>
                {totals.worked > 0 && (
                  <PeriodFigure figure="worked" from={day} to={day} value={format.duration(totals.worked)} />
                )}
              </td>
              <td>
                {totals.unpaid > 0 && (
                  <PeriodFigure figure="unpaid" from={day} to={day} value={format.duration(totals.unpaid)} />
                )}
              </td>
              <td>
                {pieces > 0 && <PeriodFigure figure="pieces" from={day} to={day} value={format.number(pieces, 0)} />}
              </td>
              <td>
                {promised.length > 0 && (
                  <PeriodFigure figure="promised" from={day} to={day} value={moneyText(format, promised)} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
