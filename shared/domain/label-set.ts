import { z } from 'zod';

/** One class of a project's label set. `key` is what exports carry; it never changes once work was submitted with it. */
export const label = z.strictObject({
  key: z.string().min(1).max(200),
  /** What the worker reads; the key where none is given. */
  name: z.string().max(200).optional(),
  /** `#rrggbb`, from the project's palette. */
  color: z.string().regex(/^#[0-9a-f]{6}$/),
});

/** The order of labels is the order of the number keys and of exported category ids. Keys are unique. */
export const labelSet = z
  .array(label)
  .max(500)
  .refine((labels) => new Set(labels.map((l) => l.key)).size === labels.length, { error: 'duplicate-key' });

export type Label = z.infer<typeof label>;
export type LabelSet = z.infer<typeof labelSet>;
