import type { Page } from '@playwright/test';

/** How far a click lies from where it must be, in seconds: in the samples that are read there, and in the peaks. */
export interface ClickErrors {
  readonly heard: number;
  readonly seen: number;
}

/** Columns of the two seconds around a click: five milliseconds each, so that they come from what was gone through and not from samples. */
const columns = 400;

/**
 * Looks for a click that must begin at frame `place`, within a second before it and behind it. Infinity where there is none.
 * @param page of sound-browser.ts; @param id of the open recording, which was gone through
 */
export async function clickErrors(page: Page, id: number, rate: number, place: number): Promise<ClickErrors> {
  const from = place - rate;
  const found = await page.evaluate(
    async ([each, first, end, count]) => {
      const [text = ''] = await window.soundPage.read(each, first, end);
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const isLoud = (sample: number) => Math.abs(sample) > 0.4;
      return {
        heard: new Float32Array(bytes.buffer).findIndex(isLoud),
        seen: window.soundPage.peaks(each, 0, first, end, count).findIndex(isLoud),
      };
    },
    [id, from, place + rate, columns] as const,
  );
  const seen = Math.floor(found.seen / 2) * ((2 * rate) / columns);
  return {
    heard: found.heard < 0 ? Number.POSITIVE_INFINITY : Math.abs(found.heard - rate) / rate,
    seen: found.seen < 0 ? Number.POSITIVE_INFINITY : Math.abs(seen - rate) / rate,
  };
}
