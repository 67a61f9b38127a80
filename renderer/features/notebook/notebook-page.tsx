import { Button, CloseButton, Select, TextInput } from '@mantine/core';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Input, Output } from '#shared/contract/contract.ts';
import { usePagedQuery } from '#renderer/client/use-paged-query.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useActions } from '#renderer/lib/action.ts';
import { navigate, routeStore, useRoomParams, type RoomParams } from '#renderer/lib/route.store.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Facts } from '#renderer/ui/form.tsx';
import { KeptFiles } from '#renderer/ui/kept-files.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { SidePanel } from '#renderer/ui/side-panel.tsx';
import { VirtualTable, type Column } from '#renderer/ui/virtual-table.tsx';
import { NotebookDialog } from './notebook-dialog.tsx';
import classes from './notebook.module.css';

type Params = RoomParams['notebook'];
type Row = Output<'notebook.list'>['errors'][number];
type Filter = Omit<Input<'notebook.list'>, 'offset' | 'limit'>;

/** How long one may go on typing before the search is made. */
const typingMs = 150;
const rowsOf = (output: Output<'notebook.list'>) => output.errors;
const rowKey = (row: Row) => row.id;

function change(part: { [K in keyof Params]?: Params[K] | undefined }): void {
  const { route } = routeStore.getState();
  const before = route.room === 'notebook' ? route.params : {};
  const kept = Object.entries({ ...before, ...part }).filter(([, value]) => value !== undefined && value !== '');
  navigate('notebook', Object.fromEntries(kept) as Params, { replace: true });
}

/** The error notebook: what was judged wrong, what "they" wanted, what one thinks; to be found again in a moment. */
export function NotebookPage() {
  const t = useText();
  const params = useRoomParams('notebook');
  const { new: asked, ...given } = params;
  const key = JSON.stringify(given);
  const filter = useMemo(() => JSON.parse(key) as Filter, [key]);
  const list = usePagedQuery('notebook.list', filter, rowsOf);
  const [open, setOpen] = useState<Row | null>(null);
  const begin = useCallback(() => change({ new: true }), []);
  useActions({ 'notebook.new': begin });
  const columns = useColumns();
  return (
    <Page
      title={t('app.rooms.notebook')}
      layout="fill"
      actions={<Button onClick={begin}>{t('notebook.new')}</Button>}
      filters={<Filters params={params} />}
      side={open && <ErrorPanel row={open} onClose={() => setOpen(null)} />}
    >
      <ErrorNotice error={list.error} onAgain={list.refetch} />
      <VirtualTable
        label={t('app.rooms.notebook')}
        columns={columns}
        total={list.total ?? 0}
        row={list.row}
        rowKey={rowKey}
        onShow={list.show}
        all={list.all}
        onOpen={setOpen}
        openKey={open?.id ?? null}
        empty={
          list.total === 0 && (
            <EmptyState
              sentence={t(key === '{}' ? 'notebook.empty' : 'notebook.noneFound')}
              action={key === '{}' && <Button onClick={begin}>{t('notebook.new')}</Button>}
            />
          )
        }
      />
      {asked === true && <NotebookDialog onClose={() => change({ new: undefined })} />}
    </Page>
  );
}

function Filters({ params }: { params: Params }) {
  const t = useText();
  const [typed, setTyped] = useState(params.search ?? '');
  useEffect(() => {
    const timer = setTimeout(() => change({ search: typed }), typingMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const projects = useQuery('projects.list', { archived: true }).data?.projects ?? [];
  const tags = useQuery('notebook.tags', {}).data;
  const counted = (all: { tag: string; count: number }[] | undefined) =>
    (all ?? []).map(({ tag, count }) => ({ value: tag, label: `${tag} (${count})` }));
  return (
    <>
      <TextInput
        className={classes.search}
        type="search"
        aria-label={t('notebook.search')}
        placeholder={t('notebook.search')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Select
        className={classes.filter}
        aria-label={t('notebook.fields.project')}
        placeholder={t('notebook.anyProject')}
        data={projects.map(({ id, name }) => ({ value: id, label: name }))}
        value={params.projectId ?? null}
        onChange={(projectId) => change({ projectId: projectId ?? undefined })}
        searchable
        clearable
      />
      <Select
        className={classes.filter}
        aria-label={t('notebook.fields.rules')}
        placeholder={t('notebook.anyRule')}
        data={counted(tags?.rules)}
        value={params.rule ?? null}
        onChange={(rule) => change({ rule: rule ?? undefined })}
        searchable
        clearable
      />
      <Select
        className={classes.filter}
        aria-label={t('notebook.fields.labels')}
        placeholder={t('notebook.anyLabel')}
        data={counted(tags?.labels)}
        value={params.label ?? null}
        onChange={(label) => change({ label: label ?? undefined })}
        searchable
        clearable
      />
      {params.returnId !== undefined && (
        <span className={classes.tag}>
          {t('notebook.ofReturn')}
          <CloseButton size="xs" aria-label={t('notebook.all')} onClick={() => change({ returnId: undefined })} />
        </span>
      )}
    </>
  );
}

const Tags = ({ tags }: { tags: readonly string[] }) => (
  <span className={classes.tags} title={tags.join(' · ')}>
    {tags.map((tag) => (
      <span key={tag} className={classes.tag}>
        {tag}
      </span>
    ))}
  </span>
);

function useColumns(): readonly Column<Row>[] {
  const t = useText();
  return useMemo(
    () => [
      {
        id: 'at',
        out: { type: 'moment', value: (row) => row.notedAt },
        header: t('notebook.columns.noted'),
        width: 176,
      },
      {
        id: 'wrong',
        out: { type: 'text', value: (row) => row.judgedWrong },
        header: t('notebook.fields.judgedWrong'),
        width: 'minmax(200px, 2fr)',
      },
      {
        id: 'wanted',
        out: { type: 'text', value: (row) => row.theyWanted },
        header: t('notebook.fields.theyWanted'),
        width: 'minmax(160px, 1.5fr)',
      },
      {
        id: 'rules',
        out: { type: 'text', value: (row) => row.rules.join(' · ') },
        header: t('notebook.fields.rules'),
        width: 'minmax(96px, 1fr)',
        leaves: 3,
        cell: (row) => <Tags tags={row.rules} />,
      },
      {
        id: 'labels',
        out: { type: 'text', value: (row) => row.labels.join(' · ') },
        header: t('notebook.fields.labels'),
        width: 'minmax(96px, 1fr)',
        leaves: 2,
        cell: (row) => <Tags tags={row.labels} />,
      },
      {
        id: 'project',
        out: { type: 'text', value: (row) => row.projectName },
        header: t('notebook.fields.project'),
        width: 'minmax(80px, 1fr)',
        leaves: 1,
      },
    ],
    [t],
  );
}

function ErrorPanel({ row, onClose }: { row: Row; onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const written = (text: string | null) => text && <span className={classes.text}>{text}</span>;
  const facts = [
    { name: t('notebook.columns.noted'), value: format.dateTime(row.notedAt) },
    { name: t('notebook.fields.project'), value: row.projectName },
    { name: t('notebook.fields.work'), value: row.workName },
    { name: t('notebook.fields.judgedWrong'), value: written(row.judgedWrong) },
    { name: t('notebook.fields.theyWanted'), value: written(row.theyWanted) },
    { name: t('notebook.fields.myView'), value: written(row.myView) },
    { name: t('notebook.fields.rules'), value: row.rules.join(' · ') },
    { name: t('notebook.fields.labels'), value: row.labels.join(' · ') },
  ];
  return (
    <SidePanel
      id="notebook"
      title={t('notebook.one')}
      onClose={onClose}
      actions={
        <>
          {row.returnId !== null && (
            <Button
              size="xs"
              variant="default"
              onClick={() => row.returnId && navigate('returns', { returnId: row.returnId })}
            >
              {t('notebook.toReturn')}
            </Button>
          )}
          <Button size="xs" variant="default" onClick={() => navigate('ledger', { entryId: row.entryId })}>
            {t('notebook.amend')}
          </Button>
        </>
      }
    >
      <Facts facts={facts.filter(({ value }) => value !== null && value !== '')} />
      <KeptFiles files={row.attachments} />
    </SidePanel>
  );
}
