import { routeChannels, type Routing } from './channel-routing.ts';

/** Makes what the sound is played through, at `rate` frames a second where the browser can. */
export type OpenContext = (rate: number) => BaseAudioContext;

/** After so long without a sound the sound card is let go, so that nothing runs on an idle machine. */
const restMs = 20_000;

/** Where the sound goes: a context, the routing of channels to ears, and the time at which things are heard. */
export interface PlayerOutput extends Routing {
  readonly context: BaseAudioContext;
  /** Whether nothing comes out because the browser holds the context, before the first gesture for example. */
  readonly held: boolean;
  /** Seconds of the context's time that are coming out of the loudspeaker now. */
  heard(): number;
  /** The earliest time at which something set down now is still in time. */
  soon(): number;
  wake(): void;
  /** Nothing is played for now. */
  rest(): void;
  dispose(): void;
}

/** Opens an `AudioContext`; of its own rate where the browser can't do the one of the recording, which it then resamples. */
export function openAudioContext(rate: number): AudioContext {
  try {
    return new AudioContext({ sampleRate: rate, latencyHint: 'interactive' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') return new AudioContext();
    throw error;
  }
}

/** The time that is heard. The browser says it for some past moment; from there time runs on. */
function heardTime(context: AudioContext): number {
  const { currentTime, outputLatency, baseLatency } = context;
  const stamp = context.getOutputTimestamp();
  const plain = Math.max(currentTime - (outputLatency || baseLatency || 0), 0);
  if (!stamp.performanceTime || stamp.contextTime === undefined || context.state !== 'running') return plain;
  const time = stamp.contextTime + (performance.now() - stamp.performanceTime) / 1000;
  // A stamp from before a pause of the context is stale.
  return Math.abs(time - plain) < 0.5 ? Math.min(Math.max(time, 0), currentTime) : plain;
}

/** Opens the way out for a recording of that rate and that many channels. */
export function openOutput(open: OpenContext, rate: number, channels: number): PlayerOutput {
  const context = open(rate);
  // One that is rendered without being heard has neither latency nor a switch.
  const device = 'close' in context ? (context as AudioContext) : null;
  const routing = routeChannels(context, channels);
  let resting: ReturnType<typeof setTimeout> | undefined;

  return {
    ...routing,
    context,
    get held() {
      return device !== null && device.state !== 'running';
    },
    heard: () => (device ? heardTime(device) : context.currentTime),
    soon: () => context.currentTime + (device ? 0.02 + 2 * device.baseLatency : 0),
    wake() {
      clearTimeout(resting);
      // Refused before the first gesture; a later one wakes it.
      if (device && device.state !== 'running') device.resume().catch(() => undefined);
    },
    rest() {
      clearTimeout(resting);
      if (device) resting = setTimeout(() => void device.suspend().catch(() => undefined), restMs);
    },
    dispose() {
      clearTimeout(resting);
      device?.close().catch(() => undefined);
    },
  };
}
