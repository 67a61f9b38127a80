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
  figure: PayFigureName;
  amounts: readonly Money[];
  period: Period;
  /** One project, work without one (null), or all. */
  projectId?: ProjectId | null;
  projectName?: string | null;
  large?: boolean;
}

/** A figure of a period, an amount a currency; opens the entries it was computed from. */
export function Amounts({ figure, amounts, period, projectId, projectName, large = false }: Props) {
  const t = useText();
  const format = useFormat();
  const client = useClient();
  if (amounts.length === 0) return <span className={classes.none}>{t('pay.nothing')}</span>;
  const name = t(`pay.figures.${figure}`);
  const open = async () => {
    const input = { ...period, figure, ...(projectId === undefined ? {} : { projectId }) };
    const found = await client.call('pay.entries', input).catch(() => null);
    if (found === null) return;
    const title = [name, projectName, `${format.date(period.from)} – ${format.date(period.to)}`]
      .filter(Boolean)
      .join(' · ');
    if (found.total > found.entries.length) toast(t('pay.newestOnly', { count: found.total }));
    navigate('ledger', { entries: found.entries, title });
  };
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
