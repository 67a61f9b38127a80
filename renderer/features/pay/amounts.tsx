import type { PayFigureName } from '#shared/contract/pay.contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { FigureId } from '#shared/metrics/catalogue.metric.ts';
import type { Money } from '#shared/domain/money.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { CatalogueFigure } from '#renderer/ui/catalogue-figure.tsx';
import { toast } from '#renderer/ui/toast.ts';
import type { Period } from './pay-period.ts';
import classes from './pay.module.css';

/** Where each figure stands in the catalogue. */
const figureOf: Readonly<Record<PayFigureName, FigureId>> = {
  pieces: 'pieces',
  promised: 'pay-promised',
  lostToRecalls: 'pay-lost-to-recalls',
  lostToReturns: 'pay-lost-to-returns',
  bonusesMet: 'pay-bonuses',
  expected: 'pay-expected',
  announced: 'pay-announced',
  received: 'pay-received',
  deducted: 'pay-deducted',
  difference: 'pay-difference',
  unexplained: 'pay-unexplained',
};

interface Props {
  figure: Exclude<PayFigureName, 'pieces'>;
  amounts: readonly Money[];
  period: Period;
  /** One project, work without one (null), or all. */
  projectId?: ProjectId | null;
  projectName?: string | null;
  large?: boolean;
}

interface Opened {
  figure: PayFigureName;
  period: Period;
  projectId?: ProjectId | null | undefined;
  taskKind?: string | null;
  /** Whose figure it is, in words. */
  names: readonly (string | null | undefined)[];
}

/** Opens the entries behind a figure of pay. */
function useOpening(): (opened: Opened) => Promise<void> {
  const t = useText();
  const format = useFormat();
  const client = useClient();
  return async ({ figure, period, projectId, taskKind, names }) => {
    const input = {
      ...{ ...period, figure },
      ...(projectId === undefined ? {} : { projectId }),
      ...(taskKind === undefined ? {} : { taskKind }),
    };
    const found = await client.call('pay.entries', input).catch(() => null);
    if (found === null) return;
    const title = [...names, `${format.date(period.from)} – ${format.date(period.to)}`].filter(Boolean).join(' · ');
    if (found.total > found.entries.length) toast(t('pay.newestOnly', { count: found.total }));
    navigate('ledger', { entries: found.entries, title });
  };
}

interface KindProps {
  kind: { taskKind: string | null; pieces: number; promised: readonly Money[] };
  figure: 'pieces' | 'promised';
  period: Period;
  projectId: ProjectId | null;
  projectName: string;
}

/** Pieces of one kind of task, or what they were promised; opens them, with the terms they were promised by. */
export function KindFigure({ kind, figure, period, projectId, projectName }: KindProps) {
  const t = useText();
  const format = useFormat();
  const open = useOpening();
  const { taskKind, pieces, promised } = kind;
  if (figure === 'promised' && promised.length === 0) return t('pay.nothing');
  const name = t(figure === 'pieces' ? 'pay.columns.pieces' : 'pay.figures.promised');
  const names = [name, projectName, taskKind ?? t('pay.noKind')];
  return (
    <CatalogueFigure
      figure={figureOf[figure]}
      value={figure === 'pieces' ? format.number(pieces, 0) : promised.map(format.money).join(' · ')}
      onOpen={() => void open({ figure, period, projectId, taskKind, names })}
    />
  );
}

/** A figure of a period, an amount a currency; opens the entries it was computed from. */
export function Amounts({ figure, amounts, period, projectId, projectName, large = false }: Props) {
  const t = useText();
  const format = useFormat();
  const opening = useOpening();
  if (amounts.length === 0) return <span className={classes.none}>{t('pay.nothing')}</span>;
  const name = t(`pay.figures.${figure}`);
  const open = () => opening({ figure, period, projectId, names: [name, projectName] });
  const lost = figure === 'difference' && amounts.some(({ minor }) => minor < 0);
  return (
    <span className={lost ? classes.lost : undefined}>
      <CatalogueFigure
        figure={figureOf[figure]}
        value={amounts.map(format.money).join(' · ')}
        onOpen={() => void open()}
        large={large}
      />
    </span>
  );
}
