import { isWork } from '../rules/time.rules.ts';
import type { PeriodFigureId } from './catalogue.metric.ts';
import type { AccountSpan } from './day-account.metric.ts';

/** A stretch with the entry that says so; null while it runs. */
export interface FigureSpan extends AccountSpan {
  entryId: string | null;
  projectId: string | null;
}

/** Everything a figure of a period may be computed from. */
export interface FigureFacts {
  spans: readonly FigureSpan[];
  /** `at`: an instant. */
  pieces: readonly { entry_id: string; project_id: string | null; at: string; returns: number }[];
  terms: Iterable<{ entryId: string }>;
  /** Entries of returns that came in the period, in order. */
  returns: readonly string[];
  received: readonly { entryId: string; projectId: string | null }[];
  /** Entries of accuracies announced for days of the period, in order. */
  announced: readonly string[];
  /** Entries of certificates in force, and of the first work there is. */
  expertise: readonly string[];
}

export interface FigureAsked {
  figure: PeriodFigureId;
  /** Of this activity or reason for waiting alone. */
  kind?: string | undefined;
  /** Of this project alone; null: of none. */
  projectId?: string | null | undefined;
}

/** The ledger's list takes no more. */
const most = 5000;

const working = ({ lane, what }: FigureSpan) => isWork(lane, what);
const isPaid = ({ paid }: FigureSpan) => paid === 'by-time' || paid === 'by-piece';
const byTime = (span: FigureSpan) => working(span) && span.paid === 'by-time';

type Part = 'pieces' | 'terms' | 'returns' | 'received' | 'announced' | 'expertise';

/** Which stretches and what else each figure is computed from. */
const sources: Readonly<Record<PeriodFigureId, { spans?: (span: FigureSpan) => boolean; also?: readonly Part[] }>> = {
  presence: { spans: ({ lane }) => lane === 'presence' },
  active: { spans: ({ lane, what }) => lane === 'activity' && what !== 'break' },
  worked: { spans: working },
  paid: { spans: (span) => working(span) && isPaid(span) },
  annotating: { spans: ({ what }) => what === 'annotating' },
  unstated: { spans: (span) => working(span) && span.paid === 'unstated' },
  unpaid: { spans: (span) => working(span) && span.paid === 'unpaid' },
  waiting: { spans: ({ lane }) => lane === 'waiting' },
  pieces: { also: ['pieces'] },
  promised: { spans: byTime, also: ['pieces', 'terms'] },
  received: { also: ['received'] },
  'per-hour-worked': { spans: working, also: ['pieces', 'terms'] },
  'per-hour-paid': { spans: (span) => working(span) && isPaid(span), also: ['pieces', 'terms'] },
  'per-hour-annotating': {
    spans: (span) => span.what === 'annotating' || byTime(span),
    also: ['pieces', 'terms'],
  },
  'received-per-hour-worked': { spans: working, also: ['received'] },
  'received-per-hour-paid': { spans: (span) => working(span) && isPaid(span), also: ['received'] },
  'received-per-hour-annotating': { spans: ({ what }) => what === 'annotating', also: ['received'] },
  'unpaid-worth': { spans: working, also: ['pieces', 'terms'] },
  precision: { spans: ({ what }) => what === 'revising', also: ['returns'] },
  'what-if': { spans: byTime, also: ['pieces', 'terms', 'returns', 'announced'] },
  holistic: { spans: working, also: ['pieces', 'expertise'] },
  'holistic-time': { spans: working },
  'holistic-expertise': { spans: working, also: ['expertise'] },
  'holistic-productivity': { also: ['pieces'] },
};

/** The entries behind a figure, the newest of each sort first; at most 5,000 of `total`. Each stands in the list once. */
export function entriesBehind(facts: FigureFacts, asked: FigureAsked): { entries: string[]; total: number } {
  const { spans, also = [] } = sources[asked.figure];
  const { kind, projectId } = asked;
  const ofProject = (id: string | null) => projectId === undefined || id === projectId;
  const found: string[] = [];
  if (also.includes('terms')) for (const { entryId } of facts.terms) found.push(entryId);
  if (also.includes('expertise')) found.push(...facts.expertise);
  if (also.includes('received')) {
    found.push(...facts.received.filter((each) => ofProject(each.projectId)).map(({ entryId }) => entryId));
  }
  if (also.includes('returns') && projectId === undefined) found.push(...facts.returns);
  if (also.includes('announced') && projectId === undefined) found.push(...facts.announced);
  if (also.includes('pieces')) {
    const pieces = facts.pieces.filter((piece) => ofProject(piece.project_id));
    found.push(...pieces.toSorted((a, b) => (a.at < b.at ? 1 : -1)).map((piece) => piece.entry_id));
  }
  if (spans !== undefined) {
    const chosen = facts.spans.filter(
      (span) => spans(span) && ofProject(span.projectId) && (kind === undefined || span.what === kind),
    );
    for (const { entryId } of chosen.toSorted((a, b) => b.start - a.start)) if (entryId !== null) found.push(entryId);
  }
  const entries = [...new Set(found)];
  return { entries: entries.slice(0, most), total: entries.length };
}
