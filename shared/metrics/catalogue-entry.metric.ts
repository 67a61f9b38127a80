/** What a figure is counted in. */
export type FigureUnit = 'time' | 'money' | 'money-per-hour' | 'count' | 'share' | 'percent' | 'points' | 'pixels';

/**
 * A figure as the catalogue describes it. In words, in both languages: its name, its formula, and what it does where there is nothing, too much
 * or something odd are `figures.<id>.name`, `.formula` and `.edges`; name and formula may stand with their page instead (`words`).
 */
export interface CatalogueEntry {
  unit: FigureUnit;
  /** The module it is computed in: `shared/metrics/<name>.metric.ts`, or a repository where counting is all there is to it. */
  computed: string;
  /** Kinds of entries it is computed from. */
  source: readonly string[];
  /** Where it is served: for each operation the ends of the paths in its output. */
  served: Readonly<Record<string, readonly string[]>>;
  words?: { name: string; formula: string };
}

export const timeSource = ['time.spent'];
export const workSource = ['submission.sealed', 'work.elsewhere'];
