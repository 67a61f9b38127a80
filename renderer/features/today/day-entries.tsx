import { UnstyledButton } from '@mantine/core';
import type { Output } from '#shared/contract/contract.ts';
import { translatedAbout } from '#shared/rules/entry-about.rules.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useKindName, useValueText } from '#renderer/lib/entry-words.ts';
import type { OutColumn } from '#renderer/lib/table-out.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { SourceMark } from '#renderer/ui/source-mark.tsx';
import { useExportable } from '#renderer/ui/tables-to-export.tsx';
import classes from './today.module.css';

const shown = 12;
/** How many are fetched at once for a file. */
const pageSize = 500;

type Entry = Output<'ledger.list'>['entries'][number];

/** What was written down about a day, the newest first. */
export function DayEntries({ day }: { day: string }) {
  const t = useText();
  const format = useFormat();
  const kindName = useKindName();
  const valueText = useValueText();
  const { data, error, refetch } = useQuery('ledger.list', { filter: { day }, offset: 0, limit: shown });
  const client = useClient();
  const columns: OutColumn<Entry>[] = [
    { header: t('ledger.columns.occurred'), out: { type: 'moment', value: (entry) => entry.occurredStart } },
    { header: t('ledger.columns.kind'), out: { type: 'text', value: (entry) => kindName(entry.kind) } },
    {
      header: t('ledger.columns.about'),
      out: { type: 'text', value: ({ about }) => (about === null ? null : translatedAbout(about, valueText)) },
    },
    { header: t('ledger.columns.project'), out: { type: 'text', value: (entry) => entry.projectName } },
    { header: t('ledger.columns.source'), out: { type: 'text', value: (entry) => t(`ui.source.${entry.source}`) } },
  ];
  const all = async () => {
    const found: Entry[] = [];
    for (let total = 1; found.length < total;) {
      const page = await client.call('ledger.list', { filter: { day }, offset: found.length, limit: pageSize });
      found.push(...page.entries);
      total = page.entries.length === 0 ? 0 : page.total;
    }
    return found;
  };
  useExportable({
    name: `${t('today.changed')} ${day}`,
    columns,
    rows: data === undefined || data.total === 0 ? undefined : all,
  });
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
              <span className={classes.project} title={entry.projectName ?? undefined}>
                {entry.projectName}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
