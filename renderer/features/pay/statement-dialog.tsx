import { Button, Modal, SegmentedControl, Select, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { toClientError, type ClientError } from '#renderer/client/client-error.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { usualCurrencies } from '#renderer/lib/money-input.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions } from '#renderer/ui/form.tsx';
import { JobProgress } from '#renderer/ui/job-progress.tsx';
import { PathField } from '#renderer/ui/path-picker.tsx';
import type { Period } from './pay-period.ts';
import { StatementChoice } from './statement-columns.tsx';
import { StatementResult } from './statement-result.tsx';
import { type StatementSource, useStatement } from './use-statement.ts';
import classes from './pay.module.css';

const endings = ['csv', 'tsv', 'txt', 'xlsx', 'xls'] as const;

/** Holds a client's statement, a spreadsheet or a pasted table, against the ledger, row by row. Nothing of it is kept. */
export function StatementDialog({ period, onClose }: { period: Period; onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const projects = useQuery('projects.list', {});
  const [way, setWay] = useState<'file' | 'paste'>('file');
  const [path, setPath] = useState('');
  const [pasted, setPasted] = useState('');
  const [asked] = useDebouncedValue(way === 'file' ? path.trim() : pasted, 300);
  const [projectId, setProjectId] = useState<string | null>(null);
  const [currency, setCurrency] = useState(format.language === 'zh-CN' ? 'CNY' : 'USD');
  const source = sourceOf(way, way === 'file' ? path.trim() : pasted, asked, t('sheets.source.pastedName'));
  return (
    <Modal opened onClose={onClose} title={t('pay.statement.title')} size={860} withCloseButton={false}>
      <Fields>
        <p className={classes.small}>
          {t('pay.statement.lead', { from: format.date(period.from), to: format.date(period.to) })}
        </p>
        <FieldRow>
          <SegmentedControl
            aria-label={t('sheets.source.title')}
            data={[
              { value: 'file', label: t('sheets.source.file') },
              { value: 'paste', label: t('sheets.source.paste') },
            ]}
            value={way}
            onChange={(value) => setWay(value as 'file' | 'paste')}
          />
          <Select
            className={classes.grow}
            aria-label={t('pay.columns.project')}
            placeholder={t('pay.allProjects')}
            data={(projects.data?.projects ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={projectId}
            onChange={setProjectId}
            clearable
            searchable
          />
          <Select
            className={classes.day}
            aria-label={t('pay.new.currency')}
            data={[...usualCurrencies]}
            value={currency}
            onChange={(next) => next && setCurrency(next)}
            allowDeselect={false}
            searchable
          />
        </FieldRow>
        {way === 'file' ? (
          <PathField
            label={t('sheets.source.path')}
            description={t('pay.statement.fileHint')}
            value={path}
            onChange={setPath}
            options={{ mode: 'file', title: t('sheets.source.choose'), endings }}
          />
        ) : (
          <Textarea
            data-autofocus
            label={t('pay.statement.paste')}
            value={pasted}
            minRows={4}
            maxRows={8}
            autosize
            spellCheck={false}
            onChange={(event) => setPasted(event.currentTarget.value)}
          />
        )}
        {source === null ? (
          <FormActions>
            <Button variant="default" onClick={onClose}>
              {t('pay.statement.close')}
            </Button>
          </FormActions>
        ) : (
          <Comparison
            key={JSON.stringify(source)}
            source={source}
            period={period}
            projectId={projectId as ProjectId | null}
            currency={currency}
            onClose={onClose}
          />
        )}
      </Fields>
    </Modal>
  );
}

/** What is to be read, once it stands still. */
function sourceOf(way: 'file' | 'paste', typed: string, settled: string, name: string): StatementSource | null {
  if (settled.trim() === '' || typed !== settled) return null;
  return way === 'file' ? { path: settled } : { pasted: settled, name };
}

interface ComparisonProps {
  source: StatementSource;
  period: Period;
  projectId: ProjectId | null;
  currency: string;
  onClose: () => void;
}

function Comparison({ source, period, projectId, currency, onClose }: ComparisonProps) {
  const t = useText();
  const client = useClient();
  const table = useStatement(source, currency);
  const [result, setResult] = useState<{ of: string; told: Output<'pay.reconcile'> } | null>(null);
  const [error, setError] = useState<ClientError | undefined>(undefined);
  const { seen, settled, job } = table;
  const rows = seen?.rows ?? [];
  const of = JSON.stringify([projectId, period, rows]);
  const whose = seen?.use.me != null && seen.use.me.names.length === 0;
  const ready = settled && rows.length > 0 && seen?.wrongCells === 0 && !whose;
  const compare = async () => {
    try {
      const project = projectId === null ? {} : { projectId };
      setResult({ of, told: await client.call('pay.reconcile', { ...period, ...project, rows }) });
      setError(undefined);
    } catch (thrown) {
      setError(toClientError(thrown, 'pay.reconcile'));
    }
  };
  return (
    <>
      <ErrorNotice error={job.error} />
      {job.progress && !seen && (
        <JobProgress
          label={t('sheets.reading.busy')}
          {...job.progress}
          onCancel={job.cancel}
          cancelling={job.cancelling}
        />
      )}
      {seen && <StatementChoice table={table} seen={seen} />}
      {seen && seen.gaps.length > 0 && <p className={classes.look}>{t('pay.statement.sayHow')}</p>}
      {whose && <p className={classes.look}>{t('pay.statement.sayWho')}</p>}
      {seen?.wrong.slice(0, 5).map(({ place, text, why }) => (
        <p key={place} className={classes.look}>
          {t(`pay.statement.wrong.${why}`, { place, cell: text })}
        </p>
      ))}
      <ErrorNotice error={error} />
      {result?.of === of && <StatementResult rows={rows} told={result.told} onLeave={onClose} />}
      <FormActions>
        <Button variant="default" onClick={onClose}>
          {t('pay.statement.close')}
        </Button>
        <Button disabled={!ready} onClick={() => void compare()}>
          {t('pay.statement.compare', { count: rows.length })}
        </Button>
      </FormActions>
    </>
  );
}
