import { withoutOverlaps } from '#shared/sound/overlaps.ts';
import { proposeSegments, usualRules } from '#shared/sound/propose.ts';
import { quietOfChannels } from '#shared/sound/silences.ts';
import type { SilenceAnswer, SilenceRequest } from './silence-client.ts';

self.addEventListener('message', ({ data }: MessageEvent<SilenceRequest>) => {
  const { levels, rate } = data;
  const answer: SilenceAnswer =
    data.what === 'quiet'
      ? { quiet: quietOfChannels(levels, rate, { silenceDb: data.silenceDb }), proposals: [] }
      : {
          quiet: null,
          proposals: proposalsFor(data),
        };
  self.postMessage(answer);
});

function proposalsFor({ levels, rate, frames, wanted, mayOverlap }: Extract<SilenceRequest, { what: 'propose' }>) {
  const found = wanted.flatMap((options) => proposeSegments(levels, rate, frames, options));
  if (mayOverlap || wanted.length < 2) return found;
  const { shortestSegmentS = usualRules.shortestSegmentS } = wanted[0]!.rules;
  return withoutOverlaps(found, Math.ceil(shortestSegmentS * rate));
}
