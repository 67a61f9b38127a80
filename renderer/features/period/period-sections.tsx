import type { ReactNode } from 'react';
import type { PeriodFigureId as FigureId } from '#shared/metrics/catalogue.metric.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { kindWords, moneyText } from '#renderer/lib/figure-words.ts';
import { PeriodFigure } from '#renderer/ui/period-figure.tsx';
import type { Account } from './period-page.tsx';
import classes from './period.module.css';

/** Where the hours of a period went, by project and by kind, and what they were worth. */
export function PeriodSections({ account }: { account: Account }) {
  return (
    <div className={classes.sections}>
      <Unpaid account={account} />
      <Waiting account={account} />
      <Presence account={account} />
      <Projects account={account} />
      <WhatIf account={account} />
    </div>
  );
}

type Of = { account: Account };

interface PartProps {
  title: string;
  note?: string;
  wide?: boolean;
  children: ReactNode;
}

function Part({ title, note, wide = false, children }: PartProps) {
  return (
    <section className={classes.part} data-wide={wide || undefined}>
      <h2>{title}</h2>
      {children}
      {note && <p className={classes.note}>{note}</p>}
    </section>
  );
}

/** A table of figures: the first column names the row. */
function Rows({
  heads,
  rows,
}: {
  heads: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
}) {
  return (
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
        {rows.map(({ key, cells: [first, ...rest] }) => (
          <tr key={key}>
            <th scope="row">{first}</th>
            {rest.map((cell, at) => (
              <td key={heads[at + 1]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const longestFirst = (kinds: Record<string, number>) => Object.entries(kinds).sort(([, a], [, b]) => b - a);

function Unpaid({ account }: Of) {
  const t = useText();
  const format = useFormat();
  const { from, to, totals, unpaidWorth, unpaidWorthByKind } = account;
  const worth = (amounts: Account['promised']) => (amounts.length > 0 ? moneyText(format, amounts) : t('figures.none'));
  const rows = longestFirst(totals.unpaidByKind).map(([id, ms]) => {
    const kind = { id, name: kindWords(t, id) };
    return {
      key: id,
      cells: [
        kind.name,
        <PeriodFigure key="ms" figure="unpaid" from={from} to={to} kind={kind} value={format.duration(ms)} />,
        <PeriodFigure
          key="worth"
          figure="unpaid-worth"
          from={from}
          to={to}
          kind={kind}
          value={worth(unpaidWorthByKind[id] ?? [])}
        />,
      ],
    };
  });
  const unstated = {
    key: 'unstated',
    cells: [
      t('figures.unstated.name'),
      <PeriodFigure key="ms" figure="unstated" from={from} to={to} value={format.duration(totals.unstated)} />,
      t('figures.none'),
    ],
  };
  const all = {
    key: 'all',
    cells: [
      t('period.together'),
      <PeriodFigure key="ms" figure="unpaid" from={from} to={to} value={format.duration(totals.unpaid)} />,
      <PeriodFigure key="worth" figure="unpaid-worth" from={from} to={to} value={worth(unpaidWorth)} />,
    ],
  };
  return (
    <Part title={t('period.unpaid')} note={t('figures.unpaid-worth.formula')}>
      <Rows
        heads={[t('period.columns.kind'), t('period.columns.hours'), t('figures.unpaid-worth.name')]}
        rows={[...rows, all, ...(totals.unstated > 0 ? [unstated] : [])]}
      />
    </Part>
  );
}

function Waiting({ account }: Of) {
  const t = useText();
  const format = useFormat();
  const { from, to, totals } = account;
  const rows = longestFirst(totals.byWaiting).map(([id, ms]) => {
    const kind = { id, name: kindWords(t, id) };
    return {
      key: id,
      cells: [
        kind.name,
        <PeriodFigure key="ms" figure="waiting" from={from} to={to} kind={kind} value={format.duration(ms)} />,
      ],
    };
  });
  return (
    <Part title={t('period.waiting')}>
      {rows.length > 0 ? (
        <Rows heads={[t('period.columns.reason'), t('period.columns.hours')]} rows={rows} />
      ) : (
        <p className={classes.note}>{t('period.noWaiting')}</p>
      )}
    </Part>
  );
}

function Presence({ account }: Of) {
  const t = useText();
  const format = useFormat();
  const { from, to, totals, precision } = account;
  const row = (figure: FigureId, value: string, name: string = t(`figures.${figure}.name`)) => ({
    key: name,
    cells: [name, <PeriodFigure key="v" figure={figure} from={from} to={to} value={value} />],
  });
  const perReturn = precision.perReturnMs === null ? t('figures.none') : format.duration(precision.perReturnMs);
  return (
    <Part title={t('period.presence')} note={t('figures.precision.formula')}>
      <Rows
        heads={[t('period.columns.what'), t('period.columns.hours')]}
        rows={[
          row('presence', format.duration(totals.presence)),
          row('active', format.duration(totals.active)),
          row('precision', format.duration(precision.revisingMs)),
          row('precision', format.number(precision.returns, 0), t('period.returns')),
          row('precision', perReturn, t('period.perReturn')),
        ]}
      />
    </Part>
  );
}

function Projects({ account }: Of) {
  const t = useText();
  const format = useFormat();
  const { from, to } = account;
  const none = t('figures.none');
  const money = (amounts: Account['promised']) => (amounts.length > 0 ? moneyText(format, amounts) : none);
  const rows = account.projects.map((project) => {
    const of = (figure: FigureId, value: string) => (
      <PeriodFigure key={figure} figure={figure} from={from} to={to} projectId={project.projectId} value={value} />
    );
    return {
      key: project.projectId ?? 'none',
      cells: [
        <span key="name" className={classes.name} title={project.name ?? undefined}>
          {project.projectId === null ? t('period.noProject') : (project.name ?? '—')}
        </span>,
        of('worked', format.duration(project.worked)),
        of('unpaid', format.duration(project.unpaid)),
        of('pieces', format.number(project.pieces, 0)),
        format.number(project.returned, 0),
        of('promised', money(project.promised)),
        of('per-hour-worked', money(project.perHourWorked)),
      ],
    };
  });
  return (
    <Part title={t('period.projects')} wide>
      <Rows
        heads={[
          t('period.columns.project'),
          t('figures.worked.name'),
          t('figures.unpaid.name'),
          t('figures.pieces.name'),
          t('period.columns.returned'),
          t('figures.promised.name'),
          t('figures.per-hour-worked.name'),
        ]}
        rows={rows}
      />
    </Part>
  );
}

function WhatIf({ account }: Of) {
  const t = useText();
  const format = useFormat();
  const { from, to } = account;
  const money = (amounts: Account['promised']) => (amounts.length > 0 ? moneyText(format, amounts) : t('figures.none'));
  const rows = account.whatIf.map(({ percent, kept, lost, days, daysBelow }) => ({
    key: percent,
    cells: [
      t('period.bar', { percent }),
      <PeriodFigure key="kept" figure="what-if" from={from} to={to} value={money(kept)} />,
      <PeriodFigure key="lost" figure="what-if" from={from} to={to} value={money(lost)} />,
      <PeriodFigure
        key="days"
        figure="what-if"
        from={from}
        to={to}
        value={t('period.daysOf', { below: daysBelow, days })}
      />,
    ],
  }));
  return (
    <Part title={t('period.whatIf')} note={t('figures.what-if.formula')} wide>
      <Rows
        heads={[t('period.columns.bar'), t('period.columns.kept'), t('period.columns.lost'), t('period.columns.below')]}
        rows={rows}
      />
    </Part>
  );
}
