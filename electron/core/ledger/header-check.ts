import type { EntryHeader } from '#shared/domain/entry-header.ts';
import { parseHeader } from '#shared/proofs/header.ts';
import type { SaidRow } from '#electron/repositories/entries.repository.ts';
import type { Report } from './verification.ts';

/** What of a header the columns of its row repeat, and what covers its body. */
export type HeaderSaid = Pick<
  EntryHeader,
  | 'id'
  | 'kind'
  | 'source'
  | 'occurred_start'
  | 'occurred_end'
  | 'recorded_at'
  | 'amends'
  | 'group'
  | 'subjects'
  | 'body_root'
>;

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const day = '(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31';
const instant = `\\d{4}-(?:${day})T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\.\\d{3}Z`;
const orNull = (text: string) => `(?:null|"(${text})")`;

/**
 * A header as nearly every one is: canonical (keys in order, nothing escaped, whole numbers) and of the shape of `entryHeader`, as anyone
 * can see. It takes nothing that `parseHeader` refuses; what it does not take is looked at by that.
 */
const PLAIN = new RegExp(
  `^\\{"amends":${orNull(uuid)},"body_root":"([0-9a-f]{64})","format":1,"group":${orNull(uuid)},"id":"(${uuid})",` +
    `"kind":"([a-z]+(?:-[a-z]+)*\\.[a-z]+(?:-[a-z]+)*)","occurred_end":${orNull(instant)},"occurred_start":"(${instant})",` +
    `"offset":(?:0|-?[1-9]\\d{0,2}),"recorded_at":"(${instant})","source":"(measured|stated|imported)",` +
    `"subjects":\\[(?:"(${uuid}(?:","${uuid}){0,99})")?\\],"version":[1-9]\\d{0,8},"zone":"[A-Za-z0-9_+/-]{1,64}"\\}$`,
);
const MOST_KIND = 64;

function plainHeader(text: string): HeaderSaid | null {
  const found = PLAIN.exec(text);
  const kind = found?.[5];
  if (!found || kind === undefined || kind.length > MOST_KIND) return null;
  return {
    amends: (found[1] ?? null) as HeaderSaid['amends'],
    body_root: found[2]!,
    group: (found[3] ?? null) as HeaderSaid['group'],
    id: found[4]! as HeaderSaid['id'],
    kind,
    occurred_end: found[6] ?? null,
    occurred_start: found[7]!,
    recorded_at: found[8]!,
    source: found[9]! as HeaderSaid['source'],
    subjects: found[10]?.split('","') ?? [],
  };
}

/** Whether a text is a header as nearly every one is. One that is not may still be a header: `parseHeader` knows. */
export const isPlainHeader = (text: string): boolean => plainHeader(text) !== null;

/** Checks that a header is one, canonically spelled, and that the columns beside it repeat it. Null when it cannot be read. */
export function checkHeader(row: SaidRow, report: Report): HeaderSaid | null {
  let header: HeaderSaid;
  try {
    header = plainHeader(row.header) ?? parseHeader(row.header);
  } catch (error) {
    report('header', row.seq, (error as Error).message);
    return null;
  }
  const differs = (column: string) => report('column', row.seq, `${column} is not what the header says`);
  if (row.id !== header.id) differs('id');
  if (row.kind !== header.kind) differs('kind');
  if (row.source !== header.source) differs('source');
  if (row.occurred_start !== header.occurred_start) differs('occurred_start');
  if (row.occurred_end !== header.occurred_end) differs('occurred_end');
  if (row.recorded_at !== header.recorded_at) differs('recorded_at');
  if (row.amends !== header.amends) differs('amends');
  if (row.group_id !== header.group) differs('group_id');
  if (row.project_id !== null && !header.subjects.includes(row.project_id)) {
    report('column', row.seq, 'project_id is none of the subjects');
  }
  return header;
}
