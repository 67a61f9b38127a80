import type { Page } from '@playwright/test';

/** How a host is started for a spec. */
export interface HostStart {
  dataDir: string;
  lang: 'en' | 'zh-CN';
  flags: readonly string[];
  /** A file that says what time it is for the host (driven-clock.mjs), and for its page at the start; the machine's own clock without it. */
  clock?: { file: string; at: number };
  /** Called with the page, before it loads anything where that is possible. */
  onPage(page: Page): void;
}

/** A host that runs, with the page it shows. */
export interface RunningHost {
  page: Page;
  /** Ends the host's process with a signal and waits until it is gone. The page stays as it is. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Ends whatever still runs. */
  close(): Promise<void>;
}
