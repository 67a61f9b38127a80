/** Renders what a player lets be heard, faster than it could be listened to. */
import { createPlayer } from '#renderer/sound/player/play-sound.ts';
import type { Player } from '#renderer/sound/player/player.ts';
import type { Sound } from '#renderer/sound/sound.ts';

/** What was heard, and what the player said meanwhile. */
export interface Heard {
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** At every tick: the time of the context in frames, what the player said was heard then, and how it stood. */
  readonly log: readonly { readonly at: number; readonly position: number; readonly status: string }[];
  readonly ended: number;
  readonly errors: readonly string[];
}

/** Something done at a moment, in seconds of the context. */
export type Step = readonly [seconds: number, act: (player: Player) => void];

/** Lets everything that is ready to go on do so. */
const settle = () =>
  new Promise<void>((resolve) => {
    const channel = new MessageChannel();
    channel.port1.addEventListener('message', () => {
      channel.port1.close();
      resolve();
    });
    channel.port1.start();
    channel.port2.postMessage(null);
  });

/**
 * Plays a recording for `seconds`, doing each step at its time, and renders what would be heard.
 * @param tickSeconds how often the player looks after itself
 */
export async function hear(
  sound: Sound,
  seconds: number,
  steps: readonly Step[],
  {
    tickSeconds = 0.1,
    onTick = async () => {},
  }: { tickSeconds?: number; onTick?: (at: number) => Promise<void> | void } = {},
): Promise<Heard> {
  const { rate } = sound.facts;
  const context = new OfflineAudioContext(2, Math.round(seconds * rate), rate);
  const ticking = new Set<() => void>();
  const player = createPlayer(
    sound,
    () => context,
    (_ms, callback) => {
      ticking.add(callback);
      return () => ticking.delete(callback);
    },
  );
  let ended = 0;
  const errors: string[] = [];
  player.onEnd(() => (ended += 1));
  player.onError((error) => errors.push(error.problem));
  const log: { at: number; position: number; status: string }[] = [];
  const waiting = [...steps].toSorted((a, b) => a[0] - b[0]);
  const turn = async () => {
    const at = context.currentTime;
    while (waiting[0] && waiting[0][0] <= at + 1e-6) waiting.shift()![1](player);
    await onTick(at);
    for (const callback of [...ticking]) callback();
    await settle();
    for (const callback of [...ticking]) callback();
    log.push({ at: Math.round(at * rate), position: player.position(), status: player.state.status });
  };
  await turn();
  const quantum = 128 / rate;
  const times = new Set<number>();
  for (let time = tickSeconds; time < seconds - quantum; time += tickSeconds) times.add(Math.ceil(time / quantum));
  for (const [time] of steps) if (time > 0) times.add(Math.ceil(time / quantum));
  const order = [...times].toSorted((a, b) => a - b);
  // One stop is arranged at a time: thousands of them would each be looked through at every block that is rendered.
  const arrange = () => {
    const block = order.shift();
    if (block === undefined || block * 128 >= context.length) return;
    void context.suspend(block * quantum).then(async () => {
      await turn();
      arrange();
      await context.resume();
    });
  };
  arrange();
  const rendered = await context.startRendering();
  await turn();
  player.dispose();
  return { left: rendered.getChannelData(0), right: rendered.getChannelData(1), log, ended, errors };
}
