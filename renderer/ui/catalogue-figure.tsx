import type { FigureId } from '#shared/metrics/catalogue.metric.ts';
import { useFigureWords } from '#renderer/lib/figure-words.ts';
import { Figure } from './figure.tsx';

interface Props {
  figure: FigureId;
  /** As written, with its unit. */
  value: string;
  /** Opens the entries it was computed from. */
  onOpen: () => void;
  /** Said instead of the catalogue's formula, where this one is computed in its own way. */
  formula?: string;
  large?: boolean;
}

/** A figure of the catalogue: hover or focus shows its formula, its edge cases, its unit and what it is computed from. */
export function CatalogueFigure({ figure, value, onOpen, formula, large = false }: Props) {
  const { formula: usual, edges, details } = useFigureWords()(figure);
  return <Figure value={value} formula={formula ?? usual} details={[edges, details]} onOpen={onOpen} large={large} />;
}
