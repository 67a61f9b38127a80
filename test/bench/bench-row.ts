/** One measured figure. */
export interface BenchRow {
  name: string;
  /** Median unless the name says otherwise. */
  value: number;
  unit: string;
  /** The bare thing, measured in the same run and unit, that the value is to be compared with. */
  reference?: { name: string; value: number };
  /** The budget in words. */
  budget?: string;
}

/** What a `*.bench.ts` file exports. */
export interface BenchFile {
  run(): Promise<BenchRow[]>;
}
