import type { AnnotationCodec } from '../codec.ts';

/** What a format of segments may hold beside where they begin and end: of a set of recordings, then of each segment. */
export const segmentParts = [
  ...['attributes', 'proposals', 'emptyItems', 'sizes'],
  ...['text', 'label', 'tier', 'channel', 'overlaps', 'moments', 'ambiguous', 'exact'],
] as const;
type SegmentPart = (typeof segmentParts)[number];

/** What a format of segments holds: these parts, and no other. */
export function segmentsWith(...parts: readonly SegmentPart[]): AnnotationCodec['holds'] {
  const has = (part: SegmentPart): boolean => parts.includes(part);
  return {
    shapes: ['span'],
    attributes: has('attributes'),
    proposals: has('proposals'),
    emptyItems: has('emptyItems'),
    sizes: has('sizes'),
    spans: {
      text: has('text'),
      label: has('label'),
      tier: has('tier'),
      channel: has('channel'),
      overlaps: has('overlaps'),
      moments: has('moments'),
      ambiguous: has('ambiguous'),
      exact: has('exact'),
    },
  };
}
