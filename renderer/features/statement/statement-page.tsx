import { Button, Select, Textarea } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import type { EntryId, ProjectId } from '#shared/domain/ids.ts';
import type { StatementPart } from '#shared/domain/statement.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useActions } from '#renderer/lib/action.ts';
import { usePrintReport } from '#renderer/lib/print-report.ts';
import { navigate, useRoomParams } from '#renderer/lib/route.store.ts';
import { CatalogueFigure } from '#renderer/ui/catalogue-figure.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { StatementExport } from './statement-export.tsx';
import { type Fact, type Opened, sectionsOf, type Section } from './statement-sections.ts';
import classes from './statement.module.css';

/** A project's accuracy on one page: what it is, how it is measured, why, how it is enforced, how its rules changed, and what it cost. */
export function StatementPage() {
  const t = useText();
  const params = useRoomParams('statement');
  const projects = useQuery('projects.list', { archived: true }).data?.projects;
  const project = projects?.find(({ id }) => id === params.projectId) ?? projects?.[0];
  const [exporting, setExporting] = useState(false);
  const printReport = usePrintReport();
  const print = () => project && void printReport(`${t('app.rooms.statement')} · ${project.name}`, [project.id]);
  useActions({ 'statement.print': print, 'statement.export': () => project && setExporting(true) });
  return (
    <Page
      title={t('app.rooms.statement')}
      layout="fill"
      actions={
        project && (
          <>
            <Button variant="default" leftSection={<IconPrinter size={16} stroke={1.6} aria-hidden />} onClick={print}>
              {t('period.actions.print')}
            </Button>
            <Button onClick={() => setExporting(true)}>{t('statement.export.action')}</Button>
          </>
        )
      }
      filters={
        <Select
          className={classes.project}
          aria-label={t('accuracy.project')}
          data={(projects ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={project?.id ?? null}
          onChange={(id) => id && navigate('statement', { projectId: id }, { replace: true })}
          allowDeselect={false}
          searchable
        />
      }
    >
      {projects?.length === 0 && <EmptyState sentence={t('accuracy.noProject')} />}
      {project && (
        <Whole key={project.id} projectId={project.id} exporting={exporting} onExported={() => setExporting(false)} />
      )}
    </Page>
  );
}

interface WholeProps {
  projectId: ProjectId;
  exporting: boolean;
  onExported: () => void;
}

function Whole({ projectId, exporting, onExported }: WholeProps) {
  const t = useText();
  const format = useFormat();
  const found = useQuery('statements.get', { projectId });
  const losses = useQuery('recalls.account', { projectId }).data;
  const { data } = found;
  const sections = data ? sectionsOf(data, losses, { t, format }) : [];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key
    <div className={classes.page} tabIndex={0} role="region" aria-label={t('app.rooms.statement')}>
      <ErrorNotice error={found.error} onAgain={found.refetch} />
      {data && (
        <article className={classes.sheet}>
          <h2 className={classes.title}>{t('statement.documentTitle', { project: data.project.name })}</h2>
          <p className={classes.lead}>{t('statement.lead')}</p>
          {sections.map((section) => (
            <Part key={section.part} section={section} projectId={projectId} />
          ))}
        </article>
      )}
      {exporting && data && (
        <StatementExport statement={data} sections={sections} projectId={projectId} onClose={onExported} />
      )}
    </div>
  );
}

function Part({ section, projectId }: { section: Section; projectId: ProjectId }) {
  const t = useText();
  const { part, title, facts, tables } = section;
  return (
    <section className={classes.part} aria-label={title}>
      <h3>{title}</h3>
      {part !== 'guidelines' && <Written section={section} part={part} projectId={projectId} />}
      {facts.length > 0 && (
        <dl className={classes.facts}>
          {facts.map((fact) => (
            <div key={fact.name}>
              <dt>{fact.name}</dt>
              <dd>
                <Value fact={fact} title={t('ui.named', { name: title, of: fact.name })} projectId={projectId} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {tables.map((table) => (
        <table key={table.title} className={classes.table}>
          <caption>{table.title}</caption>
          <thead>
            <tr>
              {table.heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, at) => (
              // Rows of a statement have no names of their own, and none moves.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={at}>
                {row.map((fact, place) => (
                  <td key={table.heads[place]}>
                    <Value
                      fact={fact}
                      title={t('ui.named', { name: table.title, of: row[0]?.value ?? '' })}
                      projectId={projectId}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      {part === 'guidelines' && facts.length + tables.length === 0 && (
        <p className={classes.quiet}>{t('statement.nothing')}</p>
      )}
    </section>
  );
}

/** The entries behind a figure of the statement. */
async function entriesOf(
  client: ReturnType<typeof useClient>,
  projectId: ProjectId,
  opened: Exclude<Opened, { entryKind: string }>,
): Promise<readonly EntryId[]> {
  if ('returned' in opened) return (await client.call('returns.entries', { projectId, ...opened.returned })).entries;
  if ('neverReturned' in opened) {
    return (await client.call('returns.figureEntries', { projectId, of: 'never' })).entries;
  }
  if ('guideline' in opened) return (await client.call('guidelines.entries', opened.guideline)).entries;
  if ('contradictions' in opened) {
    const { contradictions } = await client.call('rulings.contradictions', { projectId });
    return contradictions.map(({ entryId }) => entryId);
  }
  if ('recalled' in opened) {
    const { recalls } = await client.call('recalls.list', { projectId, level: opened.recalled, limit: 500 });
    return recalls.map(({ entryId }) => entryId);
  }
  return (await client.call('statements.entries', { projectId, ...opened })).entries;
}

/** A fact; a figure among them opens its entries. */
function Value({ fact, title, projectId }: { fact: Fact; title: string; projectId: ProjectId }) {
  const client = useClient();
  const { figure, opens, value, parts = [] } = fact;
  if (parts.length > 0) {
    return parts.map((part, at) => (
      <Fragment key={part.name}>
        {at > 0 && ' · '}
        <Value fact={part} title={`${title} · ${part.name}`} projectId={projectId} />
      </Fragment>
    ));
  }
  if (figure === undefined || opens === undefined) return value;
  const open = async (opened: Opened) => {
    if ('entryKind' in opened) return navigate('ledger', { kinds: [opened.entryKind], projectId });
    const entries = await entriesOf(client, projectId, opened).catch(() => null);
    if (entries !== null) navigate('ledger', { entries, title });
  };
  return <CatalogueFigure figure={figure} value={value} onOpen={() => void open(opens)} />;
}

interface WrittenProps {
  section: Section;
  part: StatementPart;
  projectId: ProjectId;
}

/** What the worker wrote to a part, or the place to write it. */
function Written({ section, part, projectId }: WrittenProps) {
  const t = useText();
  const { written, hint, title } = section;
  const [typed, setTyped] = useState<string | null>(null);
  const write = useCommand('statements.write');
  const save = async () => {
    if (await write.run({ projectId, part, text: (typed ?? '').trim() })) setTyped(null);
  };
  if (typed === null) {
    return (
      <div className={classes.written}>
        {written ? <p className={classes.words}>{written.text}</p> : <p className={classes.quiet}>{hint}</p>}
        <div className={classes.buttons}>
          <Button size="compact-xs" variant="subtle" onClick={() => setTyped(written?.text ?? '')}>
            {t(written ? 'statement.change' : 'statement.write')}
          </Button>
          {written && (
            <Button size="compact-xs" variant="subtle" onClick={() => navigate('ledger', { entryId: written.entryId })}>
              {t('returns.entry')}
            </Button>
          )}
        </div>
      </div>
    );
  }
  return (
    <div className={classes.writing}>
      <Textarea
        aria-label={title}
        description={hint}
        value={typed}
        maxLength={20_000}
        autosize
        minRows={3}
        data-autofocus
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ErrorNotice error={write.error} />
      <div className={classes.buttons}>
        <Button size="xs" variant="default" onClick={() => setTyped(null)}>
          {t('ui.confirm.cancel')}
        </Button>
        <Button size="xs" loading={write.running} onClick={() => void save()}>
          {t('statement.save')}
        </Button>
      </div>
    </div>
  );
}
