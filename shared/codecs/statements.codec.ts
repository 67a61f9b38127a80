import type { StatementDocument, StatementSection } from '../domain/statement.ts';

/**
 * A statement as Markdown (CommonMark with the tables of GFM). What somebody wrote can be neither heading, list, link nor HTML in it: such
 * characters are escaped, and a break inside a table becomes a space.
 */
export function statementMarkdown({ title, lead, sections }: StatementDocument): string {
  const parts = [`# ${inline(title)}`, ...lead.map(paragraph), ...sections.flatMap(sectionParts)];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function sectionParts({ title, paragraphs, facts, tables }: StatementSection): string[] {
  return [
    `## ${inline(title)}`,
    ...paragraphs.map(paragraph),
    facts.map(({ name, value }) => `- ${inline(name)}: ${inline(value)}`).join('\n'),
    ...tables.flatMap(({ title: of, heads, rows }) => [of === '' ? '' : `### ${inline(of)}`, table(heads, rows)]),
  ];
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${heads.map((_, at) => cell(cells[at] ?? '')).join(' | ')} |`;
  return [line(heads), `|${' --- |'.repeat(heads.length)}`, ...rows.map(line)].join('\n');
}

/** Characters that mean something in Markdown or HTML wherever they stand. */
const special = /[\\`*_{}[\]<>#|~&]/g;
const escaped = (text: string) => text.replace(special, '\\$&');
/** What makes a line a list, a quotation, a heading or a rule only at its beginning. */
const opening = /^(\s*)([-+=:]|\d+(?=[.)]))/;

const inline = (text: string) => escaped(text.replace(/\s+/gu, ' ').trim());
const cell = inline;

/** Lines are kept, as hard breaks; empty lines part paragraphs. */
function paragraph(text: string): string {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trim());
  return lines
    .map((line) => openingEscaped(escaped(line)))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/([^\n])\n(?=[^\n])/g, '$1\\\n')
    .trim();
}

const openingEscaped = (line: string) =>
  line.replace(opening, (_, space: string, mark: string) =>
    /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
  );
