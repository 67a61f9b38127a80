import type { LossCounter } from '../codec.ts';
import { RowError } from '../image/json-objects.codec.ts';
import type { Segment } from './spans.codec.ts';

const maxChannel = 63;

/**
 * Channels as lines name them: `1`, `2` ... or `A`, `B` ...; where one is `0`, they are counted from there. Where all lines of a recording
 * name the first one, they are about the recording: most programs write `1` whatever they listened to.
 * @returns throws RowError for what names none
 */
export function channelReader(named: readonly string[]): (channel: string) => number | null {
  const all = new Set(named);
  const fromZero = all.has('0');
  const indexOf = (channel: string): number => {
    if (/^[A-Za-z]$/.test(channel)) return channel.toUpperCase().charCodeAt(0) - 65;
    if (!/^\d{1,3}$/.test(channel)) return -1;
    return Number(channel) - (fromZero ? 0 : 1);
  };
  const isWhole = [...all].every((channel) => indexOf(channel) === 0);
  return (channel) => {
    // What is said of no channel is said of all.
    if (channel === '<NA>') return null;
    const index = indexOf(channel);
    if (index < 0 || index > maxChannel) throw new RowError('number-out-of-range');
    return isWhole ? null : index;
  };
}

/** The other way; counts segments whose channel would be read otherwise. */
export function channelWriter(segments: readonly Segment[], loss: LossCounter): (channel: number | null) => string {
  const used = new Set(segments.map(({ geometry }) => geometry.channel));
  const isTold = [...used].some((channel) => channel !== null && channel > 0);
  return (channel) => {
    if (isTold ? channel === null : channel !== null) loss.add('channel');
    return String((channel ?? 0) + 1);
  };
}
