import { z } from 'zod';

/** A question asked of every object of a class, as CVAT has it. */
export const attributeSpec = z
  .strictObject({
    /** What exports carry. */
    name: z.string().min(1).max(200),
    /** What the worker reads; the name where none is given. */
    title: z.string().max(200).optional(),
    input: z.enum(['select', 'radio', 'number', 'checkbox', 'text']),
    /** What may be chosen; empty for number, checkbox and text. */
    values: z.array(z.string().min(1).max(200)).max(200),
    /** Limits of a number. */
    min: z.number().optional(),
    max: z.number().optional(),
    step: z.number().positive().optional(),
    /** What a new object starts with; null: nothing, it has to be answered. */
    initial: z.union([z.string().max(2000), z.number(), z.boolean()]).nullable(),
    required: z.boolean(),
    /** May differ from one image of a sequence to the next; an attribute that may not is copied when a shape is propagated. */
    mutable: z.boolean(),
  })
  .refine(({ input, values }) => (input === 'select' || input === 'radio') === values.length > 0, {
    error: 'values-for-choices-only',
  });

/** One class of a project's label set. `key` is what exports carry; it never changes once work was submitted with it. */
export const label = z.strictObject({
  key: z.string().min(1).max(200),
  /** What the worker reads; the key where none is given. */
  name: z.string().max(200).optional(),
  /** `#rrggbb`, from the project's palette. */
  color: z.string().regex(/^#[0-9a-f]{6}$/),
  attributes: z.array(attributeSpec).max(50).optional(),
  /** Of segments of sound: nothing is to be written down for them, as for those that are invalid. */
  noTranscript: z.literal(true).optional(),
});

/** The order of labels is the order of the number keys and of exported category ids. Keys are unique. */
export const labelSet = z
  .array(label)
  .max(500)
  .refine((labels) => new Set(labels.map((l) => l.key)).size === labels.length, { error: 'duplicate-key' });

export type AttributeSpec = z.infer<typeof attributeSpec>;
export type Label = z.infer<typeof label>;
export type LabelSet = z.infer<typeof labelSet>;
