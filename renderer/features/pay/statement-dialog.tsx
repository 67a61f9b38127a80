import { Button, Modal, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { toClientError, type ClientError } from '#renderer/client/client-error.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { currencyDigits } from '#renderer/i18n/format.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { usualCurrencies } from '#renderer/lib/money-input.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions } from '#renderer/ui/form.tsx';
import type { Period } from './pay-period.ts';
import { StatementResult } from './statement-result.tsx';
import { columnKinds, readCells, readStatement, type ColumnKind, type ReadRow } from './statement-table.ts';
import classes from './pay.module.css';

/** Holds a pasted statement against the ledger, row by row. Nothing of it is kept. */
export function StatementDialog({ period, onClose }: { period: Period; onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const client = useClient();
  const projects = useQuery('projects.list', {});
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<readonly ColumnKind[]>([]);
  const [projectId, setProjectId] = useState<string | null>(null);
  const [currency, setCurrency] = useState(format.language === 'zh-CN' ? 'CNY' : 'USD');
  const [result, setResult] = useState<{ rows: ReadRow[]; told: Output<'pay.reconcile'> } | null>(null);
  const [error, setError] = useState<ClientError | undefined>(undefined);
  const lines = readCells(text);
  const width = Math.min(12, Math.max(0, ...lines.map(({ cells }) => cells.length)));
  const columns = Array.from({ length: width }, (_, at) => chosen[at] ?? 'ignore');
  const { rows, wrong } = readStatement(lines, columns, { currency, digits: currencyDigits(currency) });
  const ready = rows.length > 0 && wrong.length === 0 && columns.some((kind) => kind !== 'ignore');
  const compare = async () => {
    try {
      const project = projectId === null ? {} : { projectId: projectId as ProjectId };
      setResult({ rows, told: await client.call('pay.reconcile', { ...period, ...project, rows }) });
      setError(undefined);
    } catch (thrown) {
      setError(toClientError(thrown, 'pay.reconcile'));
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('pay.statement.title')} size={860} withCloseButton={false}>
      <Fields>
        <p className={classes.small}>
          {t('pay.statement.lead', { from: format.date(period.from), to: format.date(period.to) })}
        </p>
        <FieldRow>
          <Select
            className={classes.grow}
            label={t('pay.columns.project')}
            placeholder={t('pay.allProjects')}
            data={(projects.data?.projects ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={projectId}
            onChange={setProjectId}
            clearable
            searchable
          />
          <Select
            className={classes.day}
            label={t('pay.new.currency')}
            data={[...usualCurrencies]}
            value={currency}
            onChange={(next) => next && setCurrency(next)}
            searchable
          />
        </FieldRow>
        <Textarea
          data-autofocus
          label={t('pay.statement.paste')}
          value={text}
          minRows={4}
          maxRows={8}
          autosize
          onChange={(event) => {
            setText(event.currentTarget.value);
            setResult(null);
          }}
        />
        {width > 0 && (
          <div className={classes.columns}>
            {columns.map((kind, at) => (
              <Select
                // Columns have no name of their own but their place.
                // oxlint-disable-next-line react/no-array-index-key
                key={at}
                label={t('pay.statement.column', { n: at + 1, sample: lines.at(-1)?.cells[at] ?? '' })}
                data={columnKinds.map((value) => ({ value, label: t(`pay.statement.kinds.${value}`) }))}
                value={kind}
                onChange={(next) => {
                  setChosen(columns.map((each, place) => (place === at && next ? (next as ColumnKind) : each)));
                  setResult(null);
                }}
              />
            ))}
          </div>
        )}
        {wrong.slice(0, 5).map(({ line, column, text: cell, kind }) => (
          <p key={`${line} ${column}`} className={classes.look}>
            {t(`pay.statement.wrong.${kind}`, { line, column, cell })}
          </p>
        ))}
        <ErrorNotice error={error} />
        {result && <StatementResult rows={result.rows} told={result.told} onLeave={onClose} />}
        <FormActions>
          <Button variant="default" onClick={onClose}>
            {t('pay.statement.close')}
          </Button>
          <Button disabled={!ready} onClick={() => void compare()}>
            {t('pay.statement.compare', { count: rows.length })}
          </Button>
        </FormActions>
      </Fields>
    </Modal>
  );
}
