import type { Picture } from '#renderer/canvas/image-canvas.ts';
import { isPlain, lookTables, plainLook, type Histogram, type Look, type LookTables } from '#renderer/photo/look.ts';
import type { DecodedPhoto, PhotoClient } from '#renderer/photo/photo-client.ts';

/** What is seen of a photo now: the whole of it as one bitmap (smaller when it is large), and the tables it was changed by. */
export interface SeenPhoto {
  readonly base: ImageBitmap;
  readonly tables: LookTables | null;
}

/**
 * Shows the open photo the way it is looked at. Each change of the look is one pass over the decoded pixels in the worker; what
 * is moved and zoomed afterwards is a picture like any other. The photo's own pixels stay as they are.
 */
export interface Looking {
  /** Takes a photo; answers its picture by the present look. Never rejects: without room for a changed picture it is the photo's own. */
  open(photo: DecodedPhoto): Promise<Picture>;
  /** The photo is not shown any more. */
  leave(): void;
  setLook(look: Look): void;
  /** While held the photo is shown as it is. */
  hold(on: boolean): void;
  readonly held: boolean;
  /** Hears of every other picture of the photo that is open. */
  onPicture(listener: (picture: Picture) => void): () => void;
  /** What is seen, for a small overview; null while there is no photo. The listener hears of changes. */
  seen(): SeenPhoto | null;
  subscribe(listener: () => void): () => void;
  /** The histogram of the photo's own pixels; null without a photo. */
  histogram(): Promise<Histogram | null>;
}

export function createLooking(client: PhotoClient): Looking {
  const pictures = new Set<(picture: Picture) => void>();
  const listeners = new Set<() => void>();
  let photo: DecodedPhoto | null = null;
  let histogram: Promise<Histogram> | null = null;
  let look: Look = plainLook;
  let held = false;
  /** The bitmap made for the look; null when the photo's own is shown. */
  let changed: { bitmap: ImageBitmap; tables: LookTables; look: Look } | null = null;
  let shown: SeenPhoto | null = null;
  let making = false;

  const tell = () => {
    for (const listener of listeners) listener();
  };
  const isOpen = (asked: DecodedPhoto): boolean => photo === asked;
  const histogramOf = (of: DecodedPhoto): Promise<Histogram> => (histogram ??= client.histogram(of.bitmap));
  const pictureOf = (of: DecodedPhoto): Picture => {
    const by = held || isPlain(look) ? null : changed;
    const [base, tables] = by ? [by.bitmap, by.tables] : [of.bitmap, null];
    shown = { base, tables };
    const tiles = of.tiles(tables);
    tell();
    return tiles ? { base, tiles } : base;
  };
  const announce = (of: DecodedPhoto) => {
    const picture = pictureOf(of);
    for (const listener of pictures) listener(picture);
  };
  /** Makes the picture of the present look; of looks that come meanwhile only the last is made. */
  const make = async (of: DecodedPhoto): Promise<void> => {
    if (isPlain(look) || changed?.look === look) return;
    const wanted = look;
    const tables = lookTables(wanted, wanted.stretch ? await histogramOf(of) : null);
    const bitmap = await client.adjust(of.bitmap, tables);
    if (!isOpen(of)) return bitmap.close();
    const before = changed;
    changed = { bitmap, tables, look: wanted };
    if (shown && shown.base === before?.bitmap) announce(of);
    before?.bitmap.close();
  };
  const follow = async (): Promise<void> => {
    if (making) return;
    making = true;
    try {
      for (let of = photo; of && !isPlain(look) && changed?.look !== look; of = photo) await make(of);
      // The photo may have been closed meanwhile, or there is no room: it is shown as it is.
    } catch {
      changed = null;
    } finally {
      making = false;
    }
    if (photo && shown) announce(photo);
  };

  return {
    async open(next) {
      photo = next;
      histogram = null;
      await make(next).catch(() => undefined);
      return pictureOf(next);
    },
    leave() {
      photo = null;
      histogram = null;
      shown = null;
      changed?.bitmap.close();
      changed = null;
      tell();
    },
    setLook(next) {
      if (next === look) return;
      look = next;
      if (isPlain(look)) {
        if (photo && shown) announce(photo);
      } else void follow();
    },
    hold(on) {
      if (on === held) return;
      held = on;
      if (photo && shown) announce(photo);
      else tell();
    },
    get held() {
      return held;
    },
    onPicture(listener) {
      pictures.add(listener);
      return () => pictures.delete(listener);
    },
    seen: () => shown,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async histogram() {
      return photo ? histogramOf(photo).catch(() => null) : null;
    },
  };
}
