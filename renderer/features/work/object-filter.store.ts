import { create } from 'zustand';
import { anyObject, type ObjectFilter } from '#shared/rules/object-filter.rules.ts';

/** Which objects are listed and clear on the photo; from photo to photo, until the window closes. */
export const objectFilterStore = create<{ filter: ObjectFilter; open: boolean }>(() => ({
  filter: anyObject,
  open: false,
}));
