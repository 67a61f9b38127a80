import { clickErrors } from '#test/support/click-places.ts';
import { openSoundBrowser, type SoundBrowser } from '#test/support/sound-browser.ts';
import { isInstalled, makeClickMp3, withXing } from '#test/support/sounds.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import type { BenchRow } from './bench-row.ts';

const rate = 16_000;
/** Five minutes so many times over are a little more than four hours. */
const copies = 48;

type Track = Awaited<ReturnType<typeof makeClickMp3>>;

/** The first and the last click of every copy, and some between. */
function placesOf({ copyFrames, delay, period, clicks }: Track, skip: number): number[] {
  return Array.from({ length: copies }, (_, copy) =>
    [1, (7 * copy) % clicks || 2, clicks - 1].map((click) => [copy, click] as const),
  )
    .flat()
    .map(([copy, click]) => copy * copyFrames + delay + click * period - skip);
}

/** The largest errors at all places of one file, in seconds. */
async function largestErrors(browser: SoundBrowser, path: string, track: Track, skip: number) {
  const id = await browser.page.evaluate(async (url) => {
    const opened = await window.soundPage.open(url);
    if (!('id' in opened)) throw new Error(opened.problem);
    return opened.id!;
  }, browser.address(path));
  const { facts } = await browser.page.evaluate((each) => window.soundPage.scanned(each), id);
  const errors = [];
  // Not in order: each is read as if somebody had jumped there.
  const places = placesOf(track, skip);
  for (let at = 0; at < places.length; at += 1) {
    errors.push(await clickErrors(browser.page, id, rate, places[(at * 41) % places.length]!));
  }
  await browser.page.evaluate((each) => window.soundPage.close(each), id);
  return {
    places: places.length,
    heard: Math.max(...errors.map(({ heard }) => heard)),
    seen: Math.max(...errors.map(({ seen }) => seen)),
    end: Math.abs(facts.frames - (copies * track.copyFrames - skip)) / rate,
  };
}

/** Sound and waveform against a click track of four hours as an MP3 of variable bit rate, with and without a Xing header. */
export async function run(): Promise<BenchRow[]> {
  if (!isInstalled('ffmpeg')) return [];
  const folder = tempDir();
  try {
    const track = await makeClickMp3(folder.path, rate, 1, 300, copies);
    const xing = await withXing(track.path, folder.path);
    const browser = await openSoundBrowser();
    try {
      const rows: BenchRow[] = [];
      for (const [kind, path, skip] of [
        ['without a Xing header', track.path, 0],
        ['with a Xing header', xing.path, xing.skip],
      ] as const) {
        const { places, heard, seen, end } = await largestErrors(browser, path, track, skip);
        const name = `4 h MP3 of clicks, ${kind}`;
        const budget = '10 ms';
        rows.push(
          { name: `${name}: sound, largest error at ${places} places`, value: heard * 1000, unit: 'ms', budget },
          { name: `${name}: peaks, largest error at ${places} places`, value: seen * 1000, unit: 'ms', budget },
          { name: `${name}: length`, value: end * 1000, unit: 'ms', budget },
        );
      }
      return rows;
    } finally {
      await browser.close();
    }
  } finally {
    folder.remove();
  }
}
