import { z } from 'zod';

/**
 * Parts of a project accuracy statement that the worker may write where the ledger knows nothing. They are sorts of `note.written`, so a
 * part is a note about its project and amended as one.
 */
export const statementPart = z.enum(['definition', 'measurement', 'justification', 'process', 'labour']);

/** A statement in words: what its page shows and what a file is made of. */
export interface StatementDocument {
  title: string;
  lead: readonly string[];
  sections: readonly StatementSection[];
}

export interface StatementSection {
  title: string;
  paragraphs: readonly string[];
  facts: readonly { name: string; value: string }[];
  tables: readonly { title: string; heads: readonly string[]; rows: readonly (readonly string[])[] }[];
}

export type StatementPart = z.infer<typeof statementPart>;
