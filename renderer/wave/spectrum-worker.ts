import { spectrumColumns } from './spectrum.ts';
import type { SpectrumAnswer, SpectrumRequest } from './spectrum-client.ts';

self.addEventListener('message', ({ data }: MessageEvent<SpectrumRequest>) => {
  const { id, samples, spec, rate, columns } = data;
  const values = samples.map((channel) => spectrumColumns(channel, spec, rate, columns));
  self.postMessage({ id, values } satisfies SpectrumAnswer, {
    transfer: values.map(({ buffer }) => buffer),
  });
});
