import { Button } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { SourceMark } from '#renderer/ui/source-mark.tsx';
import type { Period } from './pay-period.ts';
import classes from './pay.module.css';

const step = 50;
const most = 500;

/** What was announced, received and deducted, newest first. */
export function RecordsPart({ period }: { period: Period }) {
  const t = useText();
  const format = useFormat();
  const [limit, setLimit] = useState(step);
  const found = useQuery('pay.list', { ...period, limit });
  if (!found.data || found.data.total === 0) return <ErrorNotice error={found.error} onAgain={found.refetch} />;
  const { records, total } = found.data;
  return (
    <section className={classes.part} aria-label={t('pay.records.title')}>
      <div className={classes.partHead}>
        <h2>{t('pay.records.title')}</h2>
      </div>
      <div className={classes.wide}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('pay.columns.day')}</th>
              <th scope="col">{t('pay.columns.kind')}</th>
              <th scope="col" className={classes.amount}>
                {t('pay.columns.amount')}
              </th>
              <th scope="col">{t('pay.columns.project')}</th>
              <th scope="col">{t('pay.columns.words')}</th>
              <th scope="col" className={classes.onScreen}>
                <span className={classes.none}>{t('pay.columns.entry')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {records.map((record) => (
              <tr key={record.id}>
                <td>
                  <SourceMark source={record.source} /> {format.date(record.happenedAt)}
                </td>
                <td>{t(`pay.kinds.${record.kind}`)}</td>
                <td className={classes.amount}>{record.amount ? format.money(record.amount) : t('pay.nothing')}</td>
                <td>
                  <span className={classes.name} title={record.projectName ?? undefined}>
                    {record.projectName ?? ''}
                  </span>
                </td>
                <td className={classes.words}>
                  {[
                    record.periodFrom &&
                      record.periodTo &&
                      t('pay.records.for', { from: format.date(record.periodFrom), to: format.date(record.periodTo) }),
                    record.promisedOn && t('pay.records.promised', { day: format.date(record.promisedOn) }),
                    record.fromReturn && t('pay.records.withReturn'),
                    record.channel,
                    record.note,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </td>
                <td className={classes.onScreen}>
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    onClick={() => navigate('ledger', { entryId: record.entryId })}
                  >
                    {t('pay.open')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {total > records.length && limit < most && (
        <Button size="xs" variant="subtle" onClick={() => setLimit(Math.min(most, limit + step * 3))}>
          {t('pay.records.more', { count: total - records.length })}
        </Button>
      )}
    </section>
  );
}
