import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { Money } from '#shared/domain/money.ts';
import type { StatementField } from '#shared/domain/pay-statement.ts';
import type { EntryId } from '#shared/domain/ids.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import type { OutColumn } from '#renderer/lib/table-out.ts';
import { Figure } from '#renderer/ui/figure.tsx';
import { TablesToExport, useExportable } from '#renderer/ui/tables-to-export.tsx';
import type { StatementSeen } from './use-statement.ts';
import classes from './pay.module.css';

type Told = Output<'pay.reconcile'>;
type ReadRow = StatementSeen['rows'][number];

interface Props {
  rows: readonly ReadRow[];
  told: Told;
  /** Called before a jump into the ledger. */
  onLeave: () => void;
}

interface Line {
  key: string;
  outcome: 'matched' | 'different' | 'extra' | 'missing';
  statement: string;
  ledger: string;
  differs: string;
  entries: readonly EntryId[];
  /** Both sides as a file has them: the row of the statement, and the work of the ledger. */
  given: Pick<ReadRow, 'name' | 'date' | 'count' | 'amount'> | null;
  known: { name: string | null; day: string | null; count: number; amounts: readonly Money[] } | null;
}

const order = ['different', 'missing', 'extra', 'matched'] as const;
/** More would be drawn than anybody reads; the counts above are of all. */
const most = 500;

/** What agrees, what differs, what is only in the statement and what only in the ledger, each with a jump. */
export function StatementResult(props: Props) {
  const t = useText();
  return (
    <TablesToExport title={t('pay.statement.result')}>
      {(button) => (
        <>
          <Result {...props} />
          {button && <div>{button}</div>}
        </>
      )}
    </TablesToExport>
  );
}

function Result({ rows, told, onLeave }: Props) {
  const t = useText();
  const lines = useLines(rows, told);
  const [shown, setShown] = useState<Line['outcome'] | null>(null);
  const ledgerColumn = (field: StatementField) =>
    t('pay.statement.ledgerColumn', { column: t(`pay.statement.kinds.${field}`) });
  const columns: OutColumn<Line>[] = [
    {
      header: t('pay.statement.outcome'),
      out: { type: 'text', value: ({ outcome }) => t(`pay.statement.outcomes.${outcome}`) },
    },
    { header: t('pay.statement.differs'), out: { type: 'text', value: ({ differs }) => differs } },
    { header: t('pay.statement.kinds.name'), out: { type: 'text', value: ({ given }) => given?.name } },
    { header: t('pay.statement.kinds.date'), out: { type: 'day', value: ({ given }) => given?.date } },
    { header: t('pay.statement.kinds.count'), out: { type: 'count', value: ({ given }) => given?.count } },
    { header: t('pay.statement.kinds.amount'), out: { type: 'money', value: ({ given }) => given?.amount } },
    { header: ledgerColumn('name'), out: { type: 'text', value: ({ known }) => known?.name } },
    { header: ledgerColumn('date'), out: { type: 'day', value: ({ known }) => known?.day } },
    { header: ledgerColumn('count'), out: { type: 'count', value: ({ known }) => known?.count } },
    { header: ledgerColumn('amount'), out: { type: 'amounts', value: ({ known }) => known?.amounts ?? [] } },
  ];
  useExportable({ name: t('pay.statement.result'), columns, rows: lines });
  const count = (outcome: Line['outcome']) => lines.filter((line) => line.outcome === outcome).length;
  const sorted = (shown === null ? order : [shown])
    .flatMap((outcome) => lines.filter((line) => line.outcome === outcome))
    .slice(0, most);
  const open = (line: Line) => {
    onLeave();
    // Nothing in the ledger agrees with it: what it has of that day is where to look.
    if (line.entries.length === 0) return navigate('ledger', line.given?.date ? { day: line.given.date } : {});
    navigate('ledger', {
      entries: line.entries,
      title: `${t('pay.statement.title')} · ${line.statement || line.ledger}`,
    });
  };
  return (
    <div className={classes.sample} role="group" aria-label={t('pay.statement.result')}>
      <p className={classes.outcome} role="status">
        {order.map((outcome) => (
          <Figure
            key={outcome}
            value={t(`pay.statement.counts.${outcome}`, { count: count(outcome) })}
            formula={t(`pay.statement.formulas.${outcome}`)}
            pressed={shown === outcome}
            onOpen={() => setShown(shown === outcome ? null : outcome)}
          />
        ))}
      </p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('pay.statement.outcome')}</th>
            <th scope="col">{t('pay.statement.inStatement')}</th>
            <th scope="col">{t('pay.statement.inLedger')}</th>
            <th scope="col" className={classes.onScreen}>
              <span className={classes.none}>{t('pay.columns.entry')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((line) => (
            <tr key={line.key}>
              <td className={line.outcome === 'matched' ? undefined : classes.look}>
                {t(`pay.statement.outcomes.${line.outcome}`)}
                {line.differs && ` (${line.differs})`}
              </td>
              <td>{line.statement}</td>
              <td>{line.ledger}</td>
              <td className={classes.onScreen}>
                <Button size="compact-xs" variant="subtle" onClick={() => open(line)}>
                  {t(
                    line.entries.length > 0
                      ? 'pay.open'
                      : line.given?.date
                        ? 'pay.statement.day'
                        : 'pay.statement.ledger',
                  )}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function useLines(rows: readonly ReadRow[], told: Told): Line[] {
  const t = useText();
  const format = useFormat();
  const words = (parts: readonly (string | null | false)[]) => parts.filter(Boolean).join(' · ');
  const pieces = (count: number) => t('pay.statement.pieces', { count });
  const given = rows.map(({ name, date, count, amount }, at): Line => {
    const { outcome, differs, ledger, entries } = told.rows[at]!;
    return {
      key: `row ${at}`,
      outcome,
      statement: words([
        name,
        date && format.date(date),
        count !== null && pieces(count),
        amount && format.money(amount),
      ]),
      ledger: ledger
        ? words([ledger.day && format.date(ledger.day), pieces(ledger.count), ...ledger.amounts.map(format.money)])
        : '',
      differs: differs.map((each) => t(`pay.statement.kinds.${each}`)).join(' · '),
      entries,
      given: { name, date, count, amount },
      known: ledger && { ...ledger, name: null },
    };
  });
  const missing = told.missing.map(({ name, day, count, amount, entries }): Line => ({
    key: `entry ${entries[0]}`,
    outcome: 'missing',
    statement: '',
    ledger: words([name, format.date(day), pieces(count), amount && format.money(amount)]),
    differs: '',
    entries,
    given: null,
    known: { name, day, count, amounts: amount ? [amount] : [] },
  }));
  return [...given, ...missing];
}
