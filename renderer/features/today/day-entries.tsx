import { UnstyledButton } from '@mantine/core';
import { translatedAbout } from '#shared/rules/entry-about.rules.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useKindName, useValueText } from '#renderer/lib/entry-words.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { SourceMark } from '#renderer/ui/source-mark.tsx';
import classes from './today.module.css';

const shown = 12;

/** What was written down about a day, the newest first. */
export function DayEntries({ day }: { day: string }) {
  const t = useText();
  const format = useFormat();
  const kindName = useKindName();
  const valueText = useValueText();
  const { data, error, refetch } = useQuery('ledger.list', { filter: { day }, offset: 0, limit: shown });
  return (
    <section className={classes.entries}>
      <div className={classes.sectionHead}>
        <h2>{t('today.changed')}</h2>
        {data && data.total > 0 && (
          <UnstyledButton className={classes.all} onClick={() => navigate('ledger', { day })}>
            {t('today.allEntries', { count: data.total, formatted: format.number(data.total, 0) })}
          </UnstyledButton>
        )}
      </div>
      <ErrorNotice error={error} onAgain={refetch} />
      {data?.total === 0 && <p className={classes.quiet}>{t('today.noEntries')}</p>}
      <ul className={classes.list}>
        {data?.entries.map((entry) => (
          <li key={entry.id}>
            <UnstyledButton className={classes.entry} onClick={() => navigate('ledger', { day, entryId: entry.id })}>
              <span className={classes.time}>{format.time(entry.occurredStart)}</span>
              <SourceMark source={entry.source} />
              <span>{kindName(entry.kind)}</span>
              <span className={classes.about} data-state={entry.state}>
                {entry.about === null ? '' : translatedAbout(entry.about, valueText)}
              </span>
              <span className={classes.project}>{entry.projectName}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
