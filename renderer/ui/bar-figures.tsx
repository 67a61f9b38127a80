import { Bar, BarChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { ReactNode } from 'react';
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
  more?: readonly ReactNode[];
}

interface Props {
  title: string;
  figure: FigureId;
  /** Names of the columns: of the rows, of the figure, and of `more`. */
  heads: readonly string[];
  rows: readonly BarRow[];
  /** What `value` counts, for a file; `words` where the figure is written in words and the bar is of something else. */
  unit?: 'count' | 'duration' | 'words';
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
                    <td key={heads[at + 2]}>{cell}</td>
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

/** The table as it goes into a file: the figure as a number, further columns as they are written. */
function columnsOf(heads: readonly string[], rows: readonly BarRow[], unit: NonNullable<Props['unit']>) {
  const further = Math.max(0, ...rows.map(({ more = [] }) => more.length));
  const columns: OutColumn<BarRow>[] = [
    { header: heads[0] ?? '', out: { type: 'text', value: ({ name }) => name } },
    {
      header: heads[1] ?? '',
      out: unit === 'words' ? { type: 'text', value: ({ text }) => text } : { type: unit, value: ({ value }) => value },
    },
  ];
  for (let at = 0; at < further; at += 1) {
    const written = ({ more }: BarRow) => {
      const cell = more?.[at];
      return typeof cell === 'string' ? cell : null;
    };
    columns.push({ header: heads[at + 2] ?? '', out: { type: 'text', value: written } });
  }
  return columns;
}
