import type { PeriodFigureId as FigureId } from '#shared/metrics/catalogue.metric.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { useFigureWords } from '#renderer/lib/figure-words.ts';
import { CatalogueFigure } from './catalogue-figure.tsx';
import { toast } from './toast.ts';

interface Props {
  figure: FigureId;
  /** Working days it is of, both included. */
  from: string;
  to: string;
  /** As written, with its unit. */
  value: string;
  /** Of this activity or reason for waiting alone, with its name. */
  kind?: { id: string; name: string };
  projectId?: ProjectId | null;
  large?: boolean;
}

/** A figure of the catalogue for some days: its formula on hover, its entries on click. */
export function PeriodFigure({ figure, from, to, value, kind, projectId, large = false }: Props) {
  const t = useText();
  const format = useFormat();
  const client = useClient();
  const words = useFigureWords()(figure);
  const name = kind ? t('ui.named', { name: words.name, of: kind.name }) : words.name;
  const days = from === to ? format.date(from) : `${format.date(from)} – ${format.date(to)}`;
  const open = async () => {
    const found = await client
      .call('figures.entries', {
        ...{ from, to, figure },
        ...(kind ? { kind: kind.id } : {}),
        ...(projectId === undefined ? {} : { projectId }),
      })
      .catch(() => null);
    if (found === null || found.entries.length === 0) toast(t('figures.noEntries'));
    else navigate('ledger', { entries: found.entries, title: `${name}, ${days}` });
  };
  return <CatalogueFigure figure={figure} value={value} onOpen={() => void open()} large={large} />;
}
