import { Button, Checkbox, Modal, Select, SegmentedControl } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import type { tableFormat } from '#shared/contract/tables.contract.ts';
import type { Table } from '#shared/domain/table.ts';
import { toClientError, type ClientError } from '#renderer/client/client-error.ts';
import { useJob } from '#renderer/client/use-job.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { lastName } from '#renderer/lib/path-name.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { cellText } from './cell-text.ts';
import { ErrorNotice } from './error-notice.tsx';
import { Fields, FormActions } from './form.tsx';
import { JobProgress } from './job-progress.tsx';
import { PathField } from './path-picker.tsx';
import type { Exportable } from './tables-to-export.tsx';
import { toast } from './toast.ts';
import classes from './tables-dialog.module.css';

type Format = (typeof tableFormat.options)[number];

interface Props {
  /** Of the page, which the ledger will say has left. */
  title: string;
  exportables: readonly Exportable[];
  onClose: () => void;
}

/** Shows what would leave, and writes it: one table as CSV, one or all of them as a workbook. */
export function TablesDialog({ title, exportables, onClose }: Props) {
  const t = useText();
  const format = useFormat();
  const [kind, setKind] = useState<Format>('xlsx');
  const [chosen, setChosen] = useState(exportables.length > 1 ? 'all' : '0');
  const at = chosen === 'all' ? (kind === 'csv' ? 0 : null) : Number(chosen);
  const picked = at === null ? exportables : exportables.slice(at, at + 1);
  const [path, setPath] = useState('');
  const [overwrite, setOverwrite] = useState(false);
  const job = useJob('tables.export');
  const { tables, error } = useTables(exportables);
  const leaving = tables && (at === null ? tables : tables.slice(at, at + 1));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!leaving) return;
    const names = picked.map(({ name }) => name);
    const about = picked.every(({ subjects }) => subjects.length > 0) ? picked.flatMap(({ subjects }) => subjects) : [];
    const what = [title, ...names.filter((name) => name !== title)].join(' · ').slice(0, 500);
    const subjects = [...new Set(about)];
    const done = await job.run({ format: kind, path: path.trim(), overwrite, what, tables: leaving, subjects });
    if (!done) return;
    toast(t('ui.tables.done', { count: done.rows, formatted: format.number(done.rows, 0), file: lastName(path) }));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('ui.tables.title')} size={760} withCloseButton={false}>
      <form onSubmit={(event) => void submit(event)}>
        <Fields>
          <div className={classes.choice}>
            <SegmentedControl
              aria-label={t('ui.tables.format')}
              data={[
                { value: 'xlsx', label: t('ui.tables.formats.xlsx') },
                { value: 'csv', label: t('ui.tables.formats.csv') },
              ]}
              value={kind}
              onChange={(value) => setKind(value as Format)}
            />
            {exportables.length > 1 && (
              <Select
                className={classes.which ?? ''}
                aria-label={t('ui.tables.which')}
                data={[
                  ...(kind === 'xlsx' ? [{ value: 'all', label: t('ui.tables.all') }] : []),
                  ...exportables.map(({ name }, n) => ({ value: String(n), label: name })),
                ]}
                value={at === null ? 'all' : String(at)}
                onChange={(value) => value && setChosen(value)}
                allowDeselect={false}
              />
            )}
          </div>
          <ErrorNotice error={error} />
          <div className={classes.leaving} role="group" aria-label={t('ui.tables.leaving')}>
            {leaving?.map((table) => <Leaving key={table.name} table={table} />) ?? t('ui.table.loading')}
          </div>
          <PathField
            label={t('ui.tables.path')}
            description={t('ui.tables.recorded')}
            value={path}
            onChange={setPath}
            required
            options={{
              mode: 'save',
              title: t('ui.tables.title'),
              suggestedName: `${fileName(at === null ? title : (picked[0]?.name ?? title))}.${kind}`,
            }}
          />
          <Checkbox
            label={t('ui.tables.overwrite')}
            checked={overwrite}
            onChange={(event) => setOverwrite(event.currentTarget.checked)}
          />
          {job.progress && (
            <JobProgress
              label={t('ui.tables.running')}
              {...job.progress}
              onCancel={job.cancel}
              cancelling={job.cancelling}
            />
          )}
          <ErrorNotice error={job.error} />
          <FormActions>
            <Button variant="default" onClick={onClose}>
              {t('ui.confirm.cancel')}
            </Button>
            <Button type="submit" disabled={path.trim() === '' || !leaving || job.progress !== null}>
              {t('ui.tables.confirm')}
            </Button>
          </FormActions>
        </Fields>
      </form>
    </Modal>
  );
}

/** Every table of the page, whole; they are fetched once, as they were when the dialog opened. */
function useTables(exportables: readonly Exportable[]): {
  tables: Table[] | undefined;
  error: ClientError | undefined;
} {
  const [tables, setTables] = useState<Table[]>();
  const [error, setError] = useState<ClientError>();
  useEffect(() => {
    Promise.all(exportables.map(({ load }) => load()))
      .then(setTables)
      .catch((thrown: unknown) => setError(toClientError(thrown, 'tables.export')));
    // The tables of the moment the dialog opened.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  return { tables, error };
}

/** Signs that file systems refuse in a name. */
const fileName = (name: string) =>
  name
    .replaceAll(/[/\\:*?"<>|]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const rowsShown = 4;

/** The first rows of a table, and how many there are. */
function Leaving({ table }: { table: Table }) {
  const t = useText();
  const format = useFormat();
  const count = table.columns[0]?.cells.length ?? 0;
  return (
    <section className={classes.table}>
      <h3>
        {table.name} <span>{t('ui.tables.rows', { count, formatted: format.number(count, 0) })}</span>
      </h3>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a part that scrolls is reached by the keyboard */}
      <div className={classes.scroll} tabIndex={0} role="group" aria-label={table.name}>
        <table>
          <thead>
            <tr>
              {table.columns.map(({ name, type }) => (
                <th key={name} scope="col" data-number={type !== 'text' || undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: Math.min(count, rowsShown) }, (_, row) => (
              // oxlint-disable-next-line react/no-array-index-key -- rows of a table have no other name
              <tr key={row}>
                {table.columns.map((column) => (
                  <td key={column.name} data-number={column.type !== 'text' || undefined}>
                    {cellText(column.type, column.cells[row], format)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {count > rowsShown && (
        <p>{t('ui.tables.more', { count: count - rowsShown, formatted: format.number(count - rowsShown, 0) })}</p>
      )}
    </section>
  );
}
