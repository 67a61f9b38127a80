import { VisuallyHidden } from '@mantine/core';
import {
  memo,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import type { Format } from '#renderer/i18n/format.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import type { Out } from '#renderer/lib/table-out.ts';
import { cellText } from './cell-text.ts';
import { columnsInRoom } from './columns-in-room.ts';
import { useExportable } from './tables-to-export.tsx';
import { useRowScroll } from './use-row-scroll.ts';
import { areaHeight } from './virtual-rows.ts';
import classes from './virtual-table.module.css';

/** A column: a fixed width in pixels, or a share of what is left (`'1fr'`, `'minmax(120px, 2fr)'`). */
export type Column<Row> = ColumnHead & Showing<Row>;

interface ColumnHead {
  id: string;
  header: string;
  /** Leaves the header to screen readers, for a column of marks. */
  hideHeader?: boolean;
  width: number | string;
  align?: 'end';
  /** Goes where there is too little room for all: 1 first, then 2. Columns without one always stay. */
  leaves?: number;
}

/**
 * What a column puts into a file (`out`; one without stays on the screen) and what it shows. Without a `cell` it shows the same value, as
 * that sort of value is read.
 */
type Showing<Row> =
  { cell: (row: Row) => ReactNode; out?: Out<Row> } | { cell?: undefined; out: Exclude<Out<Row>, { type: 'amounts' }> };

function cellOf<Row>(column: Column<Row>, row: Row, format: Format): ReactNode {
  if (column.cell) return column.cell(row);
  const { type, value } = column.out;
  return cellText(type, value(row), format);
}

interface Props<Row> {
  /** What the table is, for screen readers. */
  label: string;
  /** The same array from one drawing to the next (a constant or useMemo), so that rows on screen need not be drawn again. */
  columns: readonly Column<Row>[];
  total: number;
  /** A row, or undefined while it is not here yet (usePagedQuery gives both). */
  row: (index: number) => Row | undefined;
  rowKey: (row: Row) => string;
  /** Told which rows (first, last) are on screen. */
  onShow?: (first: number, last: number) => void;
  /** Click or Enter. */
  onOpen?: (row: Row, index: number) => void;
  /** The cursor moved to a row by keyboard; lets an open side panel follow. */
  onActive?: (row: Row, index: number) => void;
  /** Key of the row that is open at the side. */
  openKey?: string | null;
  /** Rows to show quieter (voided, superseded). */
  isQuiet?: (row: Row) => boolean;
  rowHeight?: number;
  /** Shown instead of rows when there are none. */
  empty?: ReactNode;
  /** Every row, to be written to a file by what the columns put `out`. */
  all?: readonly Row[] | (() => Promise<readonly Row[]>);
  /** What the file's table is called, where `label` is not enough. */
  outName?: string;
  /** Entities that all rows are about, such as one project. */
  subjects?: readonly string[] | undefined;
}

const headHeight = 32;

/**
 * A table of any length (a million rows are fine): only rows on screen exist. Keys: arrows, Page Up/Down, Home, End, Enter.
 * Give it a place with a height; it fills it.
 */
export function VirtualTable<Row>(props: Props<Row>) {
  const { label, total, row, rowKey, onShow, rowHeight = 32 } = props;
  const id = useId();
  useExportable({
    name: props.outName ?? label,
    columns: props.columns,
    rows: total > 0 ? props.all : undefined,
    subjects: props.subjects,
  });
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, width: room, drawn, reveal } = useRowScroll(scroller, total, rowHeight, headHeight);
  const columns = useMemo(() => columnsInRoom(props.columns, room), [props.columns, room]);
  const [active, setActive] = useState(0);
  const at = Math.min(active, Math.max(0, total - 1));

  const { first, last } = drawn;
  useEffect(() => {
    if (total > 0 && last > first) onShow?.(first, last - 1);
  }, [first, last, onShow, total]);

  const move = (index: number) => {
    const next = Math.min(Math.max(index, 0), total - 1);
    setActive(next);
    reveal(next);
    const there = row(next);
    if (there !== undefined) props.onActive?.(there, next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || total === 0) return;
    const there = row(at);
    const next = moved(event.key, at, total, Math.max(1, Math.floor(rows.viewport / rowHeight) - 1));
    if (next !== null) move(next);
    else if (event.key === 'Enter' && there !== undefined) props.onOpen?.(there, at);
    else return;
    event.preventDefault();
  };

  const openRow = useRef<(index: number) => void>(() => undefined);
  openRow.current = (index) => {
    setActive(index);
    const there = row(index);
    if (there !== undefined) props.onOpen?.(there, index);
  };
  const open = useCallback((index: number) => openRow.current(index), []);

  const template = columns.map(({ width }) => (typeof width === 'number' ? `${width}px` : width)).join(' ');
  const style = { '--columns': template, '--row-height': `${rowHeight}px` } as CSSProperties;
  return (
    <div
      ref={scroller}
      className={classes.table}
      style={style}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-activedescendant={total > 0 && at >= first && at < last ? `${id}-${at}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.row}>
          {columns.map((column) => (
            <div key={column.id} role="columnheader" className={classes.cell} data-align={column.align}>
              {column.hideHeader ? <VisuallyHidden>{column.header}</VisuallyHidden> : column.header}
            </div>
          ))}
        </div>
      </div>
      {total === 0 && props.empty && (
        <div role="row">
          <div role="gridcell">{props.empty}</div>
        </div>
      )}
      <div className={classes.area} style={{ height: areaHeight(rows) }} role="presentation">
        <div
          role="presentation"
          className={classes.window}
          // Without rows it would only push what stands in their place out of sight.
          style={{ top: headHeight, height: total === 0 ? 0 : rows.viewport }}
        >
          <div role="rowgroup" className={classes.rows} style={{ transform: `translateY(${drawn.offset}px)` }}>
            {Array.from({ length: last - first }, (_, step) => {
              const index = first + step;
              const there = row(index);
              return (
                <MemoRow
                  key={there === undefined ? `at-${index}` : rowKey(there)}
                  id={`${id}-${index}`}
                  index={index}
                  row={there}
                  columns={columns as readonly Column<unknown>[]}
                  active={index === at}
                  open={there !== undefined && props.openKey === rowKey(there)}
                  quiet={there !== undefined && (props.isQuiet?.(there) ?? false)}
                  onOpen={open}
                />
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

/** Where a key leads from a row; null when it is not a key of the table. */
function moved(key: string, at: number, total: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return at + 1;
    case 'ArrowUp':
      return at - 1;
    case 'PageDown':
      return at + page;
    case 'PageUp':
      return at - page;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}

interface RowProps {
  id: string;
  index: number;
  row: unknown;
  columns: readonly Column<unknown>[];
  active: boolean;
  open: boolean;
  quiet: boolean;
  onOpen: (index: number) => void;
}

function TableRow({ id, index, row, columns, active, open, quiet, onOpen }: RowProps) {
  const t = useText();
  const format = useFormat();
  return (
    // The keys are the table's: it keeps the focus and names the active row.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={open}
      aria-busy={row === undefined || undefined}
      className={classes.row}
      data-active={active || undefined}
      data-quiet={quiet || undefined}
      onClick={() => onOpen(index)}
    >
      {columns.map((column) => {
        const cell = row === undefined ? null : cellOf(column, row, format);
        // What is cut off by the column's width can be read where it is pointed at.
        const whole = typeof cell === 'string' && cell !== '' ? cell : undefined;
        return (
          <div key={column.id} role="gridcell" className={classes.cell} data-align={column.align} title={whole}>
            {row === undefined ? <span className={classes.waiting} title={t('ui.table.loading')} /> : cell}
          </div>
        );
      })}
    </div>
  );
}

/** A row that stays on screen while others scroll in is not drawn again. */
const MemoRow = memo(TableRow);
