import { z } from 'zod';
import { command, nothing, query } from './define.ts';

/** Settings belong to a data folder and live in its database, because a random port is a new origin at each start. */
export const settings = z.strictObject({
  language: z.enum(['zh-CN', 'en']).nullable(),
  theme: z.enum(['auto', 'light', 'dark']),
  /** The hour (0..23, local time) a working day begins. */
  dayStartHour: z.int().min(0).max(23),
  /** Minutes without a touch after which a stretch is suspected idle and asked about later. */
  idleAfterMinutes: z.int().min(1).max(120),
  /** What screens remember, by a key of their own; never shown in the ledger. */
  ui: z.record(z.string().max(100), z.json()),
});

export const settingsContract = {
  'settings.get': query({
    summary: 'All settings of this data folder.',
    input: nothing,
    output: settings.extend({ dataDir: z.string(), firstStart: z.boolean() }),
  }),
  'settings.set': command({
    summary: 'Changes the settings given; `ui` is merged key by key.',
    input: settings.partial(),
    output: settings,
    changes: ['settings'],
  }),
};

export type Settings = z.infer<typeof settings>;
