import { CloseButton, Select } from '@mantine/core';
import { entryKindNames } from '#shared/domain/entry-kinds.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { navigate, type RoomParams } from '#renderer/lib/route.store.ts';
import { DayField } from '#renderer/ui/date-field.tsx';
import classes from './ledger.module.css';

type Params = RoomParams['ledger'];

const sources = ['measured', 'stated', 'imported'] as const;

/** Kind, project, day and source; and, when one came from a figure, what its entries are the entries of. */
export function LedgerFilters({ params }: { params: Params }) {
  const t = useText();
  const projects = useQuery('projects.list', { archived: true });
  const change = (next: Params) => {
    const merged: Params = { ...params, ...next };
    // A filter that is cleared is left out, so that places compare.
    const kept = Object.entries(merged).filter(([, value]) => value !== undefined && value !== '');
    navigate('ledger', Object.fromEntries(kept) as Params, { replace: true });
  };
  const cleared = { entryId: undefined } as unknown as Params;
  return (
    <>
      <Select
        className={classes.filter}
        aria-label={t('ledger.filters.kind')}
        placeholder={t('ledger.filters.anyKind')}
        data={entryKindNames.map((kind) => ({ value: kind, label: t(`ledger.kinds.${kind}`) }))}
        value={params.kinds?.[0] ?? null}
        onChange={(kind) => change({ ...cleared, kinds: kind ? [kind] : undefined } as Params)}
        clearable
        searchable
      />
      <Select
        className={classes.filter}
        aria-label={t('ledger.filters.project')}
        placeholder={t('ledger.filters.anyProject')}
        data={(projects.data?.projects ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={params.projectId ?? null}
        onChange={(projectId) => change({ ...cleared, projectId: projectId ?? undefined } as Params)}
        clearable
        searchable
      />
      <DayField
        className={classes.narrowFilter}
        aria-label={t('ledger.filters.day')}
        placeholder={t('ui.date.any')}
        value={params.day ?? ''}
        onChange={(day) => change({ ...cleared, day } as Params)}
        clearable
      />
      <Select
        className={classes.narrowFilter}
        aria-label={t('ledger.filters.source')}
        placeholder={t('ledger.filters.anySource')}
        data={sources.map((source) => ({ value: source, label: t(`ui.source.${source}`) }))}
        value={params.source ?? null}
        onChange={(source) => change({ ...cleared, source: source ?? undefined } as Params)}
        clearable
      />
      {(params.entries || params.subject) && (
        <span className={classes.scope}>
          {params.title ?? t('ledger.filters.selection')}
          <CloseButton
            size="sm"
            aria-label={t('ledger.filters.dropSelection')}
            onClick={() => change({ entries: undefined, subject: undefined, title: undefined } as unknown as Params)}
          />
        </span>
      )}
    </>
  );
}
