import type { SoundDesk } from './sound-desk.ts';

/** Puts what the machine wrote back in the place of what stands in the selected segment; false where there is nothing to put back. */
export function writeOriginal(desk: SoundDesk): boolean {
  desk.settle();
  const segment = desk.current;
  const machine = segment?.proposal?.text;
  if (!segment || machine === undefined || machine === segment.text) return false;
  return desk.edit(() => ({ label: 'write', wanted: [{ id: segment.id, after: { ...segment, text: machine } }] }));
}
