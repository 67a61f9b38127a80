/** How loud each channel is in each ear. */
export interface EarGains {
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** Long enough not to click, short enough to be at once. */
const turnSeconds = 0.01;

/**
 * How loud the channels of a recording are in each ear: a single one in both; two in one ear each; more in both, mixed with equal power so
 * that many voices do not overflow; a soloed one alone in both, as loud as it is.
 */
export function earGains(channels: number, solo: number | null): EarGains {
  const each = (gain: (channel: number) => number) => Array.from({ length: channels }, (_, channel) => gain(channel));
  if (solo !== null && solo >= 0 && solo < channels) {
    const alone = each((channel) => (channel === solo ? 1 : 0));
    return { left: alone, right: alone };
  }
  if (channels === 2) return { left: [1, 0], right: [0, 1] };
  const shared = each(() => 1 / Math.sqrt(channels));
  return { left: shared, right: shared };
}

/** The way of the channels to the ears inside a context. */
export interface Routing {
  /** What is to be heard goes in here, with all its channels. */
  readonly input: AudioNode;
  setSolo(solo: number | null): void;
  /** 0 to 1. */
  setVolume(volume: number): void;
}

/** Moves a gain to a value without a click. */
function turn(context: BaseAudioContext, gain: AudioParam, value: number): void {
  const now = context.currentTime;
  // Nothing was heard yet: no need to move.
  if (now === 0) {
    gain.value = value;
    return;
  }
  gain.cancelScheduledValues(now);
  gain.setValueAtTime(gain.value, now);
  gain.linearRampToValueAtTime(value, now + turnSeconds);
}

/** Builds the way from a sound of `channels` channels to the two ears of a context. */
export function routeChannels(context: BaseAudioContext, channels: number): Routing {
  const input = context.createChannelSplitter(channels);
  const ears = context.createChannelMerger(2);
  const volume = context.createGain();
  const gains = ([0, 1] as const).map((ear) =>
    Array.from({ length: channels }, (_, channel) => {
      const gain = context.createGain();
      input.connect(gain, channel).connect(ears, 0, ear);
      return gain.gain;
    }),
  );
  ears.connect(volume).connect(context.destination);
  const setSolo = (solo: number | null) => {
    const { left, right } = earGains(channels, solo);
    for (const [ear, wanted] of [left, right].entries()) {
      for (const [channel, value] of wanted.entries()) turn(context, gains[ear]![channel]!, value);
    }
  };
  setSolo(null);
  return { input, setSolo, setVolume: (value) => turn(context, volume.gain, value) };
}
