import { SoundError } from './sound.ts';
import type { SoundBytes } from './sound-bytes.ts';
import type { SoundTrack } from './sound-track.ts';

export function openPackets(_bytes: SoundBytes, _known: Uint8Array<ArrayBuffer> | null): Promise<SoundTrack> {
  throw new SoundError('unsupported-format');
}
