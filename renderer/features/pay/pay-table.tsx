import { Button } from '@mantine/core';
import { Fragment } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { PeriodFigure } from '#renderer/ui/period-figure.tsx';
import { Amounts, KindFigure } from './amounts.tsx';
import { isMonth, type Period } from './pay-period.ts';
import classes from './pay.module.css';

type Overview = Output<'pay.overview'>;
type Row = Overview['rows'][number];

const figures = [
  'promised',
  'lostToRecalls',
  'lostToReturns',
  'expected',
  'announced',
  'received',
  'deducted',
  'difference',
] as const;

/** A line a project, each figure of it open; below, what no figure holds. */
export function PayTable({ rows, total, period }: { rows: readonly Row[]; total: Overview['total']; period: Period }) {
  const t = useText();
  const format = useFormat();
  return (
    <section className={classes.part} aria-label={t('pay.byProject')}>
      <div className={classes.partHead}>
        <h2>{t('pay.byProject')}</h2>
      </div>
      <div className={classes.wide}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('pay.columns.project')}</th>
              <th scope="col" className={classes.amount}>
                {t('pay.columns.pieces')}
              </th>
              {figures.map((figure) => (
                <th key={figure} scope="col" className={classes.amount}>
                  {t(`pay.figures.${figure}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Fragment key={row.projectId ?? ''}>
                <tr>
                  <td>
                    <span className={classes.name} title={row.projectName ?? undefined}>
                      {row.projectName ?? t('pay.noProject')}
                    </span>
                  </td>
                  <td className={classes.amount}>
                    <PeriodFigure
                      {...period}
                      figure="pieces"
                      projectId={row.projectId}
                      value={format.number(row.pieces, 0)}
                    />
                  </td>
                  {figures.map((figure) => (
                    <td key={figure} className={classes.amount}>
                      <Amounts
                        figure={figure}
                        amounts={row[figure]}
                        period={period}
                        projectId={row.projectId}
                        projectName={row.projectName ?? t('pay.noProject')}
                      />
                    </td>
                  ))}
                </tr>
                {row.kinds.map((kind) => (
                  <KindRow key={kind.taskKind ?? ''} row={row} kind={kind} period={period} />
                ))}
              </Fragment>
            ))}
          </tbody>
          {rows.length > 1 && (
            <tfoot>
              <tr>
                <td>{t('pay.total')}</td>
                <td className={classes.amount}>
                  <PeriodFigure {...period} figure="pieces" value={format.number(total.pieces, 0)} />
                </td>
                {figures.map((figure) => (
                  <td key={figure} className={classes.amount}>
                    <Amounts figure={figure} amounts={total[figure]} period={period} />
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      <Asides rows={rows} total={total} period={period} />
    </section>
  );
}

/** Work of one kind below its project: its pieces, its hours where they are paid by time, and what both were promised. */
function KindRow({ row, kind, period }: { row: Row; kind: Row['kinds'][number]; period: Period }) {
  const t = useText();
  const format = useFormat();
  const of = { kind, period, projectId: row.projectId, projectName: row.projectName ?? t('pay.noProject') };
  return (
    <tr className={classes.kind}>
      <td>
        {kind.taskKind ?? t('pay.noKind')}
        {kind.paidMs > 0 && <span className={classes.hours}>{format.duration(kind.paidMs)}</span>}
      </td>
      <td className={classes.amount}>
        <KindFigure {...of} figure="pieces" />
      </td>
      {figures.map((figure) => (
        <td key={figure} className={classes.amount}>
          {figure === 'promised' && <KindFigure {...of} figure="promised" />}
        </td>
      ))}
    </tr>
  );
}

/** What the figures leave out, and why. */
function Asides({ rows, total, period }: { rows: readonly Row[]; total: Overview['total']; period: Period }) {
  const t = useText();
  const format = useFormat();
  return (
    <ul className={classes.notes}>
      {total.recalledPieces > 0 && (
        <li>
          {t('pay.recalled', {
            count: total.recalledPieces,
            formatted: format.number(total.recalledPieces, 0),
            all: format.number(total.pieces, 0),
          })}
        </li>
      )}
      {total.piecesWithoutTerms > 0 && <li>{t('pay.withoutTerms', { count: total.piecesWithoutTerms })}</li>}
      {total.deducted.some(({ minor }) => minor > 0) && (
        <li>
          {t('pay.aside', { name: t('pay.figures.unexplained') })}{' '}
          <Amounts figure="unexplained" amounts={total.unexplained} period={period} />
        </li>
      )}
      {rows.map(
        (row) =>
          row.promisedOn && (
            <li key={row.projectId}>
              {t('pay.promisedOn', { project: row.projectName ?? '', day: format.date(row.promisedOn) })}
              {row.late && (
                <span className={row.late.open ? classes.look : undefined}>
                  {' '}
                  {t(row.late.open ? 'pay.lateSoFar' : 'pay.cameLate', { count: row.late.days })}
                </span>
              )}
            </li>
          ),
      )}
      {total.bonusesMet.length > 0 && (
        <li>
          {t('pay.aside', { name: t('pay.figures.bonusesMet') })}{' '}
          <Amounts figure="bonusesMet" amounts={total.bonusesMet} period={period} />
        </li>
      )}
      {rows.flatMap((row) =>
        row.bonuses.map((bonus) => (
          <BonusLine key={`${row.projectId} ${bonus.name}`} row={row} bonus={bonus} period={period} />
        )),
      )}
    </ul>
  );
}

interface BonusProps {
  row: Row;
  bonus: Row['bonuses'][number];
  period: Period;
}

/** A bonus with its condition, and whether its owner says it was met; taking that back is a correction of the entry. */
function BonusLine({ row, bonus, period }: BonusProps) {
  const t = useText();
  const format = useFormat();
  const meet = useCommand('pay.meetBonus');
  const { name, amount, per, condition, met } = bonus;
  const { projectId } = row;
  const whole = per !== 'month' || isMonth(period);
  const words = t('pay.bonus', {
    project: row.projectName ?? '',
    name,
    amount: format.money(amount),
    per: t(`pay.bonusPer.${per}`),
    condition,
  });
  return (
    <li>
      {words}{' '}
      {met !== null && (
        <Button size="compact-xs" variant="subtle" onClick={() => navigate('ledger', { entryId: met })}>
          {t('pay.bonusMet')}
        </Button>
      )}
      {met === null && whole && projectId !== null && (
        <Button
          size="compact-xs"
          variant="subtle"
          loading={meet.running}
          onClick={() => void meet.run({ ...period, projectId, name })}
        >
          {t('pay.meetBonus')}
        </Button>
      )}
      <ErrorNotice error={meet.error} />
    </li>
  );
}
