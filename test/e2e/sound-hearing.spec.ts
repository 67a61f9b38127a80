import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openSoundBrowser, type SoundBrowser } from '#test/support/sound-browser.ts';
import { clickEvery, clickTrack, isInstalled, makeClickMp3, waveHeader, withXing } from '#test/support/sounds.ts';
import { tempDir } from '#test/support/temp-dir.ts';

/** What is heard of long recordings is what the player says is heard: real files, opened and played in a real browser. */
let browser: SoundBrowser;
const folder = tempDir();
const rate = 16_000;
const heardSeconds = 25;

test.beforeAll(async () => {
  browser = await openSoundBrowser();
});
test.afterAll(async () => {
  await browser.close();
  folder.remove();
});

/** Plays at the beginning, in the middle and near the end; every click of those stretches is where it was made, to ten milliseconds. */
async function expectHeardInPlace(path: string, frames: number, clickAt: (n: number) => number): Promise<void> {
  const opened = await browser.page.evaluate((url) => window.soundPage.open(url), browser.address(path));
  if (!('id' in opened)) throw new Error(opened.problem);
  const id = opened.id!;
  for (const from of [0, Math.round(frames / 2), frames - (heardSeconds + 1) * rate]) {
    const heard = await browser.page.evaluate(
      ([each, first, seconds]) => window.soundPage.hearClicks(each, first, seconds),
      [id, from, heardSeconds] as const,
    );
    expect(heard.errors).toEqual([]);
    // Nothing but the beginning was waited for.
    expect(heard.until - from).toBeGreaterThan((heardSeconds - 2) * rate);
    const clicks: number[] = [];
    for (let n = 0; clickAt(n) < heard.until - rate / 100; n += 1) if (clickAt(n) >= from) clicks.push(clickAt(n));
    expect(clicks.length).toBeGreaterThan(1);
    expect(heard.places.length).toBe(clicks.length);
    for (const [at, place] of heard.places.entries()) {
      expect(Math.abs(place - clicks[at]!), `click at ${clicks[at]! / rate} s`).toBeLessThan(rate / 100);
    }
  }
  await browser.page.evaluate((each) => window.soundPage.close(each), id);
}

test('an hour of WAVE is heard where the player says it is', async () => {
  const path = join(folder.path, 'clicks.wav');
  const seconds = 3600;
  const file = openSync(path, 'w');
  writeSync(file, waveHeader(rate, 1, seconds * rate * 2));
  for (const piece of clickTrack(rate, 1, seconds)) writeSync(file, piece);
  closeSync(file);
  await expectHeardInPlace(path, seconds * rate, (n) => n * Math.round(rate * clickEvery));
});

test('four hours of MP3 of variable bit rate are heard where the player says, with and without a Xing header', async () => {
  test.skip(!isInstalled('ffmpeg'));
  test.setTimeout(180_000);
  const copies = 48;
  const { path, copyFrames, delay, period, clicks } = await makeClickMp3(folder.path, rate, 1, 300, copies);
  const clickAt = (n: number) => Math.floor(n / (clicks + 1)) * copyFrames + delay + (n % (clicks + 1)) * period;
  await expectHeardInPlace(path, copies * copyFrames, clickAt);
  const xing = await withXing(path, folder.path);
  await expectHeardInPlace(xing.path, copies * copyFrames - xing.skip, (n) => clickAt(n) - xing.skip);
});
