import type { CatalogueEntry } from './catalogue-entry.metric.ts';
import { pageFigures } from './catalogue-pages.metric.ts';
import { periodFigures } from './catalogue-period.metric.ts';

/** Every figure of every page, described once. */
export const catalogue = { ...periodFigures, ...pageFigures } as const satisfies Record<string, CatalogueEntry>;

export type FigureId = keyof typeof catalogue;
export type PeriodFigureId = keyof typeof periodFigures;
export const figureIds = Object.keys(catalogue) as [FigureId, ...FigureId[]];
export const periodFigureIds = Object.keys(periodFigures) as [PeriodFigureId, ...PeriodFigureId[]];

/** Where the sentences of a figure stand in the locales. */
export function figureSentences(id: FigureId): { name: string; formula: string; edges: string } {
  const { words }: CatalogueEntry = catalogue[id];
  return { name: `figures.${id}.name`, formula: `figures.${id}.formula`, edges: `figures.${id}.edges`, ...words };
}
