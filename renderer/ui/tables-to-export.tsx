import { Button } from '@mantine/core';
import { createContext, useContext, useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Table } from '#shared/domain/table.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { type OutColumn, tableOf } from '#renderer/lib/table-out.ts';
import { TablesDialog } from './tables-dialog.tsx';

/** A table that a page shows and that can be written to a file. */
export interface Exportable {
  name: string;
  /** Entities it is about, such as its project; none for what may be about anything. */
  subjects: readonly string[];
  /** All of it, fetched when somebody asks. */
  load: () => Promise<Table>;
}

type Register = (id: string, exportable: Exportable | null) => void;
const Registry = createContext<Register | null>(null);

interface ExportableProps<Row> {
  name: string;
  columns: readonly OutColumn<Row>[];
  /** Every row, those that are not on the screen too. Undefined: nothing to export yet. */
  rows: readonly Row[] | (() => Promise<readonly Row[]>) | undefined;
  subjects?: readonly string[] | undefined;
}

/** Offers a table for export in the head of its page, for as long as it is shown. */
export function useExportable<Row>({ name, columns, rows, subjects = noSubjects }: ExportableProps<Row>): void {
  const t = useText();
  const id = useId();
  const register = useContext(Registry);
  const latest = useRef<() => Promise<Table>>(undefined);
  latest.current = async () => tableOf(t, name, typeof rows === 'function' ? await rows() : (rows ?? []), columns);
  const hasRows = typeof rows === 'function' || (rows?.length ?? 0) > 0;
  const offered = hasRows && columns.some(({ out }) => out !== undefined);
  const about = subjects.join(' ');
  useEffect(() => {
    if (!offered || !register) return undefined;
    const load = () => latest.current?.() ?? Promise.reject(new Error('the table is gone'));
    register(id, { name, subjects: about === '' ? [] : about.split(' '), load });
    return () => register(id, null);
  }, [register, id, name, offered, about]);
}

/** As they stand on the page: React numbers what it draws, and a longer number is a higher one. */
const inOrder = (exportables: ReadonlyMap<string, Exportable>): Exportable[] =>
  [...exportables].sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1)).map(([, exportable]) => exportable);

const noSubjects: readonly string[] = [];

/** Lets whatever stands within offer its tables; `children` gets the button that writes them, or nothing. */
export function TablesToExport({ title, children }: { title: string; children: (button: ReactNode) => ReactNode }) {
  const t = useText();
  const [exportables, setExportables] = useState<ReadonlyMap<string, Exportable>>(new Map());
  const [open, setOpen] = useState(false);
  const register = useMemo<Register>(
    () => (id, exportable) =>
      setExportables((before) => {
        const next = new Map(before);
        if (exportable) next.set(id, exportable);
        else next.delete(id);
        return next;
      }),
    [],
  );
  const button = exportables.size > 0 && (
    <Button variant="default" onClick={() => setOpen(true)}>
      {t('ui.tables.action')}
    </Button>
  );
  return (
    <Registry value={register}>
      {children(button)}
      {open && <TablesDialog title={title} exportables={inOrder(exportables)} onClose={() => setOpen(false)} />}
    </Registry>
  );
}
