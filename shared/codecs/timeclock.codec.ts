import { Temporal } from 'temporal-polyfill';
import { accountName } from './hledger-journal.codec.ts';

/** A stretch as hledger's timeclock format has it. Milliseconds since the epoch. */
export interface TimeclockSpan {
  start: number;
  end: number;
  lane: string;
  what: string;
  paid: string;
  /** A project's name, or null. */
  project: string | null;
}

/**
 * A stretch as a pair of lines, clocked in and out: `i 2026-11-22 09:00:00 activity:annotating:Street scenes  by-piece`. The account is lane, activity
 * and project, the description how it was paid. Local time without a zone, as the format has it, to the whole second; a stretch
 * within one second is left out.
 *
 * @param zone IANA zone to write times in
 */
export function timeclockLines(span: TimeclockSpan, zone: string): string {
  const [start, end] = [local(span.start, zone), local(span.end, zone)];
  if (start === end) return '';
  const account = [span.lane, span.what, ...(span.project === null ? [] : [accountName(span.project)])].join(':');
  return `i ${start} ${account}  ${span.paid}\no ${end}\n`;
}

function local(at: number, zone: string): string {
  const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();
  return moment.toString({ smallestUnit: 'second', roundingMode: 'trunc' }).replace('T', ' ');
}
