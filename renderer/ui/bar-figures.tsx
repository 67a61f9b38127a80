import { Bar, BarChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { ReactNode } from 'react';
import type { Money } from '#shared/domain/money.ts';
import type { FigureId } from '#shared/metrics/catalogue.metric.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import type { OutColumn } from '#renderer/lib/table-out.ts';
import { CatalogueFigure } from './catalogue-figure.tsx';
import { useExportable } from './tables-to-export.tsx';
import classes from './bar-figures.module.css';

export interface BarRow {
  key: string;
  name: string;
  /** What the bar is as long as. */
  value: number;
  /** The figure as written. */
  text: string;
  onOpen: () => void;
  /** What stands in further columns. */
  more?: readonly BarCell[];
  /** The amounts that `text` writes, for a file. */
  amounts?: readonly Money[];
}

/** A cell of a further column: as it is shown, and as it goes into a file. */
export interface BarCell {
  shown: ReactNode;
  out: { type: 'count' | 'duration'; value: number } | { type: 'amounts'; value: readonly Money[] };
}

interface Props {
  title: string;
  figure: FigureId;
  /** Names of the columns: of the rows, of the figure, and of `more`. */
  heads: readonly string[];
  rows: readonly BarRow[];
  /** What `value` counts, for a file; `amounts` where the figure is of money and the bar is of something else. */
  unit?: 'count' | 'duration' | 'amounts';
  note?: string;
  children?: ReactNode;
}

/** Height of a row and of its bar's band: the bars stand beside the figures they are of. */
const rowHeight = 28;

/** Figures of one kind beside each other: a table, and beside each of its rows a bar. The table says all that the bars say. */
export function BarFigures({ title, figure, heads, rows, unit = 'count', note, children }: Props) {
  const t = useText();
  useExportable({ name: title, columns: columnsOf(heads, rows, unit), rows });
  return (
    <section className={classes.part}>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p className={classes.note}>{t('ui.bars.none')}</p>
      ) : (
        <div className={classes.beside}>
          <table className={classes.table}>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.key}>
                  <th scope="row" title={row.name}>
                    {row.name}
                  </th>
                  <td>
                    <CatalogueFigure figure={figure} value={row.text} onOpen={row.onOpen} />
                  </td>
                  {(row.more ?? []).map((cell, at) => (
                    <td key={heads[at + 2]}>{cell.shown}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <div className={classes.bars} aria-hidden>
            <ResponsiveContainer
              width="100%"
              height={rows.length * rowHeight}
              initialDimension={{ width: 320, height: rows.length * rowHeight }}
            >
              <BarChart
                data={rows.map(({ key, value }) => ({ key, value }))}
                layout="vertical"
                accessibilityLayer={false}
                margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
              >
                <XAxis type="number" hide domain={[0, 'dataMax']} />
                <YAxis type="category" dataKey="key" hide width={0} />
                <Bar dataKey="value" fill="var(--cl-accent)" barSize={12} minPointSize={1} isAnimationActive={false} />
              </BarChart>
            </ResponsiveContainer>
          </div>
        </div>
      )}
      {children}
      {note && <p className={classes.note}>{note}</p>}
    </section>
  );
}

/** The table as it goes into a file: numbers as numbers. */
function columnsOf(heads: readonly string[], rows: readonly BarRow[], unit: NonNullable<Props['unit']>) {
  const further = Math.max(0, ...rows.map(({ more = [] }) => more.length));
  const columns: OutColumn<BarRow>[] = [
    { header: heads[0] ?? '', out: { type: 'text', value: ({ name }) => name } },
    {
      header: heads[1] ?? '',
      out:
        unit === 'amounts'
          ? { type: 'amounts', value: ({ amounts }) => amounts ?? [] }
          : { type: unit, value: ({ value }) => value },
    },
  ];
  for (let at = 0; at < further; at += 1) {
    const type = rows.find(({ more }) => more?.[at])?.more?.[at]?.out.type ?? 'count';
    const header = heads[at + 2] ?? '';
    const of = ({ more }: BarRow) => more?.[at]?.out;
    if (type === 'amounts') {
      const value = (row: BarRow) => {
        const out = of(row);
        return out?.type === 'amounts' ? out.value : [];
      };
      columns.push({ header, out: { type, value } });
    } else {
      const value = (row: BarRow) => {
        const out = of(row);
        return out === undefined || out.type === 'amounts' ? null : out.value;
      };
      columns.push({ header, out: { type, value } });
    }
  }
  return columns;
}
