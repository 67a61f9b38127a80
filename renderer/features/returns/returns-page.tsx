import { Button, SegmentedControl, Select } from '@mantine/core';
import { useCallback } from 'react';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useActions } from '#renderer/lib/action.ts';
import { navigate, routeStore, useRoomParams, type RoomParams } from '#renderer/lib/route.store.ts';
import { Page } from '#renderer/ui/page.tsx';
import { CameBackView } from './came-back-view.tsx';
import { RecallDialog } from './recall-dialog.tsx';
import { RecallsView } from './recalls-view.tsx';
import { ReturnDialog } from './return-dialog.tsx';
import { ReturnPanel } from './return-panel.tsx';
import { ReturnsFigures } from './returns-figures.tsx';
import { ReturnFilters, ReturnsList, type ParamsChange } from './returns-list.tsx';
import { StandingDialog } from './standing-dialog.tsx';
import { StandingView } from './standing-view.tsx';
import classes from './returns.module.css';

type Params = RoomParams['returns'];
type View = NonNullable<Params['view']>;

const views: readonly View[] = ['returns', 'figures', 'recalls', 'standing', 'again'];

/** Changes a part of the room's parameters; what becomes undefined is left out, so that places compare. */
function change(part: ParamsChange): void {
  const { route } = routeStore.getState();
  const before = route.room === 'returns' ? route.params : {};
  const kept = Object.entries({ ...before, ...part }).filter(([, value]) => value !== undefined);
  navigate('returns', Object.fromEntries(kept) as Params, { replace: true });
}

/** What came back, what was recalled, what was done to the worker, and media that came back as new tasks. */
export function ReturnsPage() {
  const t = useText();
  const params = useRoomParams('returns');
  const view = params.view ?? 'returns';
  const begin = useCallback(
    (of: View) => change({ view: of === 'returns' ? undefined : of, new: true, returnId: undefined }),
    [],
  );
  const close = useCallback(
    () => change({ new: undefined, submissionId: undefined, elsewhereId: undefined, returnId: undefined }),
    [],
  );
  useActions({
    'returns.new': () => begin('returns'),
    'returns.newRecall': () => begin('recalls'),
    'returns.newStanding': () => begin('standing'),
  });
  const asked = params.new === true || params.submissionId !== undefined || params.elsewhereId !== undefined;
  const content = {
    returns: <ReturnsList params={params} change={change} onNew={() => begin('returns')} />,
    figures: <ReturnsFigures projectId={params.projectId} />,
    recalls: <RecallsView projectId={params.projectId} onNew={() => begin('recalls')} />,
    standing: <StandingView projectId={params.projectId} onNew={() => begin('standing')} />,
    again: <CameBackView />,
  };
  return (
    <Page
      title={t('app.rooms.returns')}
      layout="fill"
      actions={
        <>
          {params.projectId !== undefined && (
            <Button variant="default" onClick={() => navigate('statement', { projectId: params.projectId ?? '' })}>
              {t('statement.open')}
            </Button>
          )}
          <Button variant="default" onClick={() => begin('standing')}>
            {t('returns.standing.new')}
          </Button>
          <Button variant="default" onClick={() => begin('recalls')}>
            {t('returns.recalls.new')}
          </Button>
          <Button onClick={() => begin('returns')}>{t('returns.new')}</Button>
        </>
      }
      filters={<Filters params={params} view={view} />}
      side={
        view === 'returns' &&
        params.returnId && <ReturnPanel key={params.returnId} id={params.returnId} onClose={close} />
      }
    >
      {content[view]}
      {asked && view === 'returns' && (
        <ReturnDialog submissionId={params.submissionId} elsewhereId={params.elsewhereId} onClose={close} />
      )}
      {asked && view === 'recalls' && <RecallDialog onClose={close} />}
      {asked && view === 'standing' && <StandingDialog onClose={close} />}
    </Page>
  );
}

function Filters({ params, view }: { params: Params; view: View }) {
  const t = useText();
  const projects = useQuery('projects.list', { archived: true }).data?.projects ?? [];
  return (
    <>
      <SegmentedControl
        aria-label={t('returns.tabs.label')}
        data={views.map((value) => ({ value, label: t(`returns.tabs.${value}`) }))}
        value={view}
        onChange={(value) => change({ view: value === 'returns' ? undefined : (value as View), returnId: undefined })}
      />
      {view !== 'again' && (
        <Select
          className={classes.filter}
          aria-label={t('returns.columns.project')}
          placeholder={t('returns.anyProject')}
          data={projects.map(({ id, name }) => ({ value: id, label: name }))}
          value={params.projectId ?? null}
          onChange={(projectId) => change({ projectId: projectId ?? undefined })}
          searchable
          clearable
        />
      )}
      {view === 'returns' && <ReturnFilters params={params} change={change} />}
    </>
  );
}
