import type { SheetMapping, SheetRecord } from '#shared/domain/sheet-mapping.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { Section } from '#renderer/ui/form.tsx';
import { skipWords, whyWords } from './sheets-words.ts';
import type { Seen } from './use-sheet.ts';
import classes from './sheets.module.css';

type Result = NonNullable<Seen['result']>;

/** Wrong cells that are listed. */
const placesShown = 100;

interface Props {
  result: Result;
  mapping: SheetMapping;
}

/** What would be taken, what not and why, before anything is. */
export function SheetResult({ result, mapping }: Props) {
  const t = useText();
  const format = useFormat();
  const n = (value: number) => format.number(value, 0);
  const mine = result.taken + result.refusedRows + (result.skipped['already-taken'] ?? 0);
  return (
    <Section title={t('sheets.result.title')}>
      <ul className={classes.counts} aria-label={t('sheets.result.counts')}>
        <li>{t('sheets.result.read', { count: result.read, rows: n(result.read) })}</li>
        <li>
          <strong>{t('sheets.result.taken', { count: result.taken, rows: n(result.taken) })}</strong>
        </li>
        {Object.entries(result.skipped).map(([reason, rows]) => (
          <li key={reason}>{t('sheets.result.skipped', { rows: n(rows), reason: skipWords(t, reason) })}</li>
        ))}
        {result.refusedRows > 0 && (
          <li className={classes.bad}>
            {t('sheets.result.refused', { count: result.refusedRows, rows: n(result.refusedRows) })}
          </li>
        )}
      </ul>
      <Totals result={result} mapping={mapping} />
      {result.refused.length > 0 && (
        <ul className={classes.refused} aria-label={t('sheets.result.places')}>
          {result.refused.slice(0, placesShown).map(({ place, column, why }) => (
            <li key={`${place} ${why}`}>
              <code>{place}</code> {column} — {whyWords(t, why)}
            </li>
          ))}
        </ul>
      )}
      {result.refused.length > placesShown && (
        <p className={classes.quiet}>{t('sheets.result.firstPlaces', { shown: n(placesShown) })}</p>
      )}
      {result.rows.length > 0 && <Rows result={result} />}
      {result.rows.length < mine && (
        <p className={classes.quiet}>{t('sheets.result.firstRows', { shown: n(result.rows.length) })}</p>
      )}
    </Section>
  );
}

/** Sums of the whole table and of my rows, to hold against what one knows of it. */
function Totals({ result, mapping }: Props) {
  const t = useText();
  const format = useFormat();
  const currency = mapping.currency;
  const lines = [
    [t('sheets.result.all'), result.all],
    [t('sheets.result.mine'), result.mine],
  ] as const;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('sheets.result.sums')}</th>
          <th scope="col">{t('sheets.result.rows')}</th>
          <th scope="col">{t('sheets.result.time')}</th>
          {currency && <th scope="col">{t('sheets.result.amount')}</th>}
          <th scope="col">{t('sheets.result.statuses')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(([name, totals]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{format.number(totals.rows, 0)}</td>
            <td>{totals.durationMs > 0 ? format.clock(totals.durationMs) : '—'}</td>
            {currency && <td>{format.money({ minor: totals.minor, currency })}</td>}
            <td>{totals.statuses.map(({ value, rows }) => `${value} ${format.number(rows, 0)}`).join(' · ') || '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Rows({ result }: { result: Result }) {
  const t = useText();
  const format = useFormat();
  return (
    // One must be able to scroll it by keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('sheets.result.preview')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('sheets.result.row')}</th>
            <th scope="col">{t('sheets.result.becomes')}</th>
            <th scope="col">{t('sheets.result.when')}</th>
            <th scope="col">{t('sheets.result.what')}</th>
          </tr>
        </thead>
        <tbody>
          {result.rows.flatMap(({ row, records, alreadyTaken }) =>
            records.map((record) => (
              <tr key={`${row} ${record.becomes}`} data-quiet={alreadyTaken || undefined}>
                <td>{row}</td>
                <td>{t(`sheets.kinds.${record.becomes}`)}</td>
                <td>{record.becomes === 'time' ? format.dateTime(record.start) : format.dateTime(record.at)}</td>
                <td>
                  <RecordWords record={record} />
                  {alreadyTaken && ` ${t('sheets.result.already')}`}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}

function RecordWords({ record }: { record: SheetRecord }) {
  const t = useText();
  const format = useFormat();
  switch (record.becomes) {
    case 'time':
      return [format.duration(Date.parse(record.end) - Date.parse(record.start)), record.tag]
        .filter(Boolean)
        .join(' · ');
    case 'work': {
      const time = record.timeMs === null ? null : format.duration(record.timeMs);
      return [record.name, `× ${format.number(record.count)}`, time, record.note].filter(Boolean).join(' · ');
    }
    case 'pay-received':
    case 'pay-announced':
      return [format.money(record.amount), record.note].filter(Boolean).join(' · ');
    case 'accuracy': {
      const counts =
        record.total === null ? null : t('sheets.result.of', { correct: record.correct ?? '—', total: record.total });
      return [format.date(record.day), record.percent && `${record.percent} %`, counts].filter(Boolean).join(' · ');
    }
    case 'return':
      return [record.work, record.reason, record.rule].filter(Boolean).join(' · ');
    case 'recall':
      return [record.work, `× ${format.number(record.pieces)}`, record.reason].filter(Boolean).join(' · ');
  }
}
