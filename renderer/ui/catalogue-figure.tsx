import type { FigureId } from '#shared/metrics/catalogue.metric.ts';
import { useFigureWords } from '#renderer/lib/figure-words.ts';
import { Figure } from './figure.tsx';

interface Props {
  figure: FigureId;
  /** As written, with its unit. */
  value: string;
  /** Opens the entries it was computed from. */
  onOpen: () => void;
  large?: boolean;
}

/** A figure of the catalogue: hover or focus shows its formula, its edge cases, its unit and what it is computed from. */
export function CatalogueFigure({ figure, value, onOpen, large = false }: Props) {
  const { formula, edges, details } = useFigureWords()(figure);
  return <Figure value={value} formula={formula} details={[edges, details]} onOpen={onOpen} large={large} />;
}
