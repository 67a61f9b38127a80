import { entryHeader, type EntryHeader } from '#shared/domain/entry-header.ts';

/** A header with the given root of its body. */
export const sampleHeader = (bodyRoot: string): EntryHeader =>
  entryHeader.parse({
    format: 1,
    id: '019ab000-0000-7000-8000-000000000001',
    kind: 'submission.sealed',
    version: 1,
    occurred_start: '2026-11-22T01:00:00.000Z',
    occurred_end: '2026-11-22T01:05:30.250Z',
    zone: 'Asia/Shanghai',
    offset: 480,
    recorded_at: '2026-11-22T01:05:30.260Z',
    source: 'measured',
    subjects: ['019ab000-0000-7000-8000-00000000000a'],
    amends: null,
    group: null,
    body_root: bodyRoot,
  });
