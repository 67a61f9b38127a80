import { proposeSegments } from '#shared/sound/propose.ts';
import { quietOfChannels } from '#shared/sound/silences.ts';
import type { SilenceAnswer, SilenceRequest } from './silence-client.ts';

self.addEventListener('message', ({ data }: MessageEvent<SilenceRequest>) => {
  const { levels, rate } = data;
  const answer: SilenceAnswer =
    data.what === 'quiet'
      ? { quiet: quietOfChannels(levels, rate, { silenceDb: data.silenceDb }), proposals: [] }
      : {
          quiet: null,
          proposals: data.wanted.flatMap((options) => proposeSegments(levels, rate, data.frames, options)),
        };
  self.postMessage(answer);
});
