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
  /** Where the value is what the days differ by from others: these, which it opens as well, and `formula` says so. */
  before?: { from: string; to: string };
  formula?: string;
}

/** A figure of the catalogue for some days: its formula on hover, its entries on click. */
export function PeriodFigure({ figure, from, to, value, kind, projectId, large = false, before, formula }: Props) {
  const t = useText();
  const format = useFormat();
  const client = useClient();
  const words = useFigureWords()(figure);
  const name = kind ? t('ui.named', { name: words.name, of: kind.name }) : words.name;
  const daysOf = (of: { from: string; to: string }) =>
    of.from === of.to ? format.date(of.from) : `${format.date(of.from)} – ${format.date(of.to)}`;
  const spans = before ? [before, { from, to }] : [{ from, to }];
  const open = async () => {
    const asked = spans.map((span) =>
      client.call('figures.entries', {
        ...{ from: span.from, to: span.to, figure },
        ...(kind ? { kind: kind.id } : {}),
        ...(projectId === undefined ? {} : { projectId }),
      }),
    );
    const found = await Promise.all(asked).catch(() => []);
    const entries = [...new Set(found.flatMap((each) => each.entries))];
    if (entries.length === 0) toast(t('figures.noEntries'));
    else navigate('ledger', { entries, title: `${name}, ${spans.map(daysOf).join(' · ')}` });
  };
  return (
    <CatalogueFigure
      figure={figure}
      value={value}
      onOpen={() => void open()}
      large={large}
      {...(formula ? { formula } : {})}
    />
  );
}
