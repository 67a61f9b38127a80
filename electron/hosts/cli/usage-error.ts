/** A command line that was not understood; `key` is the locale key that says so. */
export class UsageError extends Error {
  readonly key: string;
  readonly details: Record<string, unknown>;

  constructor(key: 'cli.problem' | 'cli.badJson' | 'cli.noFile', details: Record<string, unknown>) {
    super(key);
    this.key = key;
    this.details = details;
  }
}
