import { z } from 'zod';
import { command, done, nothing, query } from './define.ts';

/**
 * What differs between hosts. The host hands an implementation to the dispatcher; screens ask for the capability, never
 * for the host. A host without a capability answers `supported: false` in `host.capabilities`, and the screen offers its own way
 * (the folder browser, a download).
 */
export const hostContract = {
  'host.capabilities': query({
    summary: 'What this host can do beside carrying the contract.',
    input: nothing,
    output: z.strictObject({
      host: z.enum(['electron', 'loopback', 'cli']),
      /** Version facts for the settings page, such as `node 24.21.0`. */
      versions: z.record(z.string(), z.string()),
      chooseFolder: z.boolean(),
      chooseSaveFile: z.boolean(),
      revealFile: z.boolean(),
      /** Opens the small timer as a window of its own that stays on top. Without it a page may use a picture-in-picture window. */
      smallTimer: z.boolean(),
      /** Hears one key while other programs are in front. */
      globalKey: z.boolean(),
      /** Language asked for at start (`--lang`), null when none was. */
      language: z.enum(['zh-CN', 'en']).nullable(),
    }),
  }),
  'host.chooseFolder': command({
    summary: 'Opens the system folder dialog; null when cancelled.',
    input: z.strictObject({ title: z.string().max(200) }),
    output: z.strictObject({ path: z.string().nullable() }),
    errors: ['host/unsupported'],
    changes: [],
  }),
  'host.chooseSaveFile': command({
    summary: 'Opens the system save dialog; null when cancelled.',
    input: z.strictObject({ title: z.string().max(200), suggestedName: z.string().max(255) }),
    output: z.strictObject({ path: z.string().nullable() }),
    errors: ['host/unsupported'],
    changes: [],
  }),
  'host.revealFile': command({
    summary: 'Shows the data folder or a file this program wrote in the system file manager.',
    input: z.strictObject({ path: z.string().max(4096) }),
    output: done,
    errors: ['host/unsupported', 'files/not-found', 'files/not-allowed'],
    changes: [],
  }),
  'host.showSmallTimer': command({
    summary: 'Opens the small timer, in front of other programs, or closes it.',
    input: z.strictObject({ open: z.boolean() }),
    output: done,
    errors: ['host/unsupported'],
    changes: [],
  }),
  'host.setGlobalKey': command({
    summary:
      'Listens for a key that opens and closes the small timer from any program, such as `Ctrl+Alt+T`; null for none. ' +
      'Kept as the setting `ui["host.globalKey"]` by the caller, so that the next start listens again.',
    input: z.strictObject({ keys: z.string().min(1).max(40).nullable() }),
    output: done,
    errors: ['host/unsupported', 'host/key-refused'],
    changes: [],
  }),
};
