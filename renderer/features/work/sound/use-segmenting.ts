import { v7 as uuidv7 } from 'uuid';
import { useCallback, useEffect, useMemo } from 'react';
import type { Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { withInitial } from '#shared/rules/label-attributes.rules.ts';
import {
  changeTier,
  extendSegment,
  mergeSegments,
  moveBoundary,
  shiftSegments,
  splitSegment,
  type EditLimits,
} from '#shared/rules/segment-edits.rules.ts';
import { nearestSilence, nearestZeroCrossing } from '#shared/rules/segment-snapping.rules.ts';
import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import { quietFor, type Quiet } from '#shared/sound/silences.ts';
import type { Player } from '#renderer/sound/player/player.ts';
import type { Sound } from '#renderer/sound/sound.ts';
import type { WaveView } from '#renderer/wave/wave-view.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { createMarking } from './marking.ts';
import type { SoundDesk } from './sound-desk.ts';
import { soundStore } from './sound.store.ts';
import { inTranscript } from './transcript-list.tsx';
import type { SoundSettings } from './use-sound-settings.ts';
import type { Tiers } from './use-tiers.ts';

interface Options {
  desk: SoundDesk;
  sound: Sound;
  player: Player;
  view: WaveView | null;
  /** In the order they are heard. */
  segments: readonly Segment[];
  labels: LabelSet;
  quiet: Quiet | null;
  tiers: Tiers;
  settings: SoundSettings;
  newSegment: () => Omit<Shape, 'geometry'>;
  limits: EditLimits;
  /** A mark was begun at this frame while it plays; null: it is over. */
  onMark: (start: number | null) => void;
  /** A segment was reached by key. */
  onReached: (segment: Segment) => void;
}

const newId = () => uuidv7() as ShapeId;
/** Milliseconds that keys move a boundary or segments by. */
const nudgeMs = 10;
/** Seconds around a boundary in which a zero crossing is looked for. */
const zeroReachS = 0.02;

/** Whether the focus is in a text field that is no transcript: undo and redo are its own there. */
function inOtherText(): boolean {
  const focused = document.activeElement;
  return focused !== null && focused.matches('input, textarea') && !focused.matches('[data-transcript]');
}

/** Gives the keys of segmenting their meaning while a recording is open. */
export function useSegmenting(options: Options): void {
  useMark(options);
  useCutting(options);
  useBoundaries(options);
  useTierKeys(options);
  useChoosing(options);
}

const noDialog = () => !dialogIsOpen();
const someOf = (desk: SoundDesk) => () => noDialog() && desk.selection.length > 0;
const oneOf = (desk: SoundDesk) => () => noDialog() && desk.current !== null;

/** The frame that is heard, or where the cursor is. */
const placeOf = ({ player, desk }: Options) => Math.round(player.playing ? player.position() : desk.cursor);

/** Edits the segment under work as it is once what was typed is in it. */
const editsCurrent = (desk: SoundDesk) => (make: (segment: Segment) => Parameters<SoundDesk['edit']>[0]) => () => {
  const segment = desk.current;
  if (segment) desk.edit((doc) => make((doc.shapes.find(({ id }) => id === segment.id) as Segment) ?? segment)(doc));
};

/** Making two of one and one of two. */
function useCutting(options: Options): void {
  const { desk, sound, segments, quiet, tiers, limits } = options;
  const { rate } = sound.facts;
  const here = () => placeOf(options);
  /** The selected segment if the cursor is in it, else the one there, of the active tier first. */
  const underCursor = (): Segment | null => {
    const at = here();
    const inside = ({ geometry }: Segment) => geometry.start < at && at < geometry.end;
    const { current } = desk;
    if (current && inside(current)) return current;
    const there = segments.filter(inside);
    return there.find(({ geometry }) => geometry.tier === tiers.active) ?? there[0] ?? null;
  };
  const split = (at: number, textAt?: number) => {
    const segment = textAt === undefined ? underCursor() : desk.current;
    if (!segment) return;
    let second: ShapeId | null = null;
    const done = desk.edit((doc) => {
      // What was typed is in it only now.
      const fresh = doc.shapes.find(({ id }) => id === segment.id) as Segment | undefined;
      const edit = fresh
        ? splitSegment(fresh, at, () => (second = newId()), {
            ...(textAt !== undefined && { textAt }),
            ...(quiet && { quiet: quietFor(quiet, fresh.geometry.channel) }),
          })
        : null;
      return edit;
    });
    if (done && second) desk.select([second]);
  };
  /** At the text cursor: in time where it is heard now, else where the share of the text lies, drawn to the nearest pause. */
  const splitText = () => {
    const field = document.activeElement;
    const segment = desk.current;
    if (!(field instanceof HTMLTextAreaElement) || !segment) return;
    const { start, end } = segment.geometry;
    const at = here();
    const share = field.value.length === 0 ? 0.5 : field.selectionStart / field.value.length;
    const guess = Math.round(start + share * (end - start));
    const silence = quiet && nearestPause(quietFor(quiet, segment.geometry.channel), guess, rate);
    const time = at > start && at < end ? at : silence !== null && silence > start && silence < end ? silence : guess;
    split(time, field.selectionStart);
  };
  const merge = () => {
    const last = desk.current;
    if (!last) return;
    const next = segments.find(
      ({ geometry }) => geometry.tier === last.geometry.tier && geometry.start >= last.geometry.end,
    );
    const ids = desk.selection.length > 1 ? desk.selection : next ? [last.id, next.id] : [];
    const first = segments.find(({ id }) => ids.includes(id));
    if (desk.edit((doc) => mergeSegments(doc, ids, limits)) && first) desk.select([first.id]);
  };

  const ofCurrent = editsCurrent(desk);
  const one = oneOf(desk);
  useActions({
    'sound.split': { run: () => split(here()), when: noDialog },
    'sound.split-text': {
      run: splitText,
      when: () => one() && inTranscript(),
    },
    'sound.merge': { run: merge, when: one },
    'sound.extend-next': { run: ofCurrent((s) => (doc) => extendSegment(doc, s, 'next', limits)), when: one },
    'sound.extend-previous': { run: ofCurrent((s) => (doc) => extendSegment(doc, s, 'previous', limits)), when: one },
  });
}

/** Setting and moving where segments begin and end. */
function useBoundaries(options: Options): void {
  const { desk, sound, view, segments, quiet, limits } = options;
  const { rate } = sound.facts;
  const here = () => placeOf(options);
  const ofCurrent = editsCurrent(desk);
  const boundary = (side: 'start' | 'end') =>
    ofCurrent((segment) => (doc) => moveBoundary(doc, segment, side, here(), limits));
  /** The boundary nearer to the cursor. */
  const nearSide = ({ geometry }: Segment) =>
    Math.abs(here() - geometry.start) <= Math.abs(here() - geometry.end) ? 'start' : 'end';
  const snapSilence = ofCurrent((segment) => (doc) => {
    const side = nearSide(segment);
    const silences = quiet ? quietFor(quiet, segment.geometry.channel) : [];
    const at = nearestSilence(silences, segment.geometry[side], side, { padding: Math.round(0.1 * rate) });
    return at === null ? null : moveBoundary(doc, segment, side, at, limits, 'snap');
  });
  const snapZero = async () => {
    const segment = desk.current;
    if (!segment) return;
    const side = nearSide(segment);
    const at = segment.geometry[side];
    const first = Math.max(0, Math.round(at - zeroReachS * rate));
    const samples = await sound.read(first, Math.round(at + zeroReachS * rate)).catch(() => null);
    const mono = samples?.[segment.geometry.channel ?? 0];
    const zero = mono ? nearestZeroCrossing(mono, first, at) : null;
    if (zero === null) return;
    desk.edit((doc) => {
      const fresh = doc.shapes.find(({ id }) => id === segment.id) as Segment | undefined;
      return fresh ? moveBoundary(doc, fresh, side, zero, limits, 'snap') : null;
    });
  };
  const nudge = (edge: 'start' | 'end', by: number) => () =>
    view?.nudge(edge, Math.round((by * nudgeMs * rate) / 1000));
  const shift = (by: number) => () =>
    desk.edit((doc) => shiftSegments(doc, desk.selection, Math.round((by * nudgeMs * rate) / 1000), limits));

  const some = someOf(desk);
  const one = oneOf(desk);
  useActions({
    'sound.snap-silence': { run: snapSilence, when: () => one() && quiet !== null },
    'sound.snap-zero': { run: () => void snapZero(), when: one },
    'sound.start-here': { run: boundary('start'), when: one },
    'sound.end-here': { run: boundary('end'), when: one },
    'sound.end-earlier': { run: nudge('end', -1), when: one },
    'sound.end-later': { run: nudge('end', 1), when: one },
    'sound.start-earlier': { run: nudge('start', -1), when: one },
    'sound.start-later': { run: nudge('start', 1), when: one },
    'sound.shift-earlier': { run: shift(-1), when: some },
    'sound.shift-later': { run: shift(1), when: some },
    'sound.shift': { run: () => soundStore.setState({ dialog: 'shift' }), when: () => segments.length > 0 },
  });
}

/** Who speaks: the tier that is drawn on, and that of the selected segments. */
function useTierKeys({ desk, tiers, limits }: Options): void {
  const toTier = (by: 1 | -1) => () => {
    const { all, active, choose } = tiers;
    const from = desk.current?.geometry.tier ?? active;
    const tier = all[(all.indexOf(from) + by + all.length) % all.length];
    if (tier === undefined) return;
    choose(tier);
    if (desk.selection.length > 0) desk.edit((doc) => changeTier(doc, desk.selection, tier, limits));
  };
  const several = () => noDialog() && tiers.all.length > 1;
  useActions({
    'sound.tier-next': { run: toTier(1), when: several },
    'sound.tier-previous': { run: toTier(-1), when: several },
    'sound.tier-add': () => soundStore.setState({ dialog: 'tier-add' }),
    'sound.tier-rename': () => soundStore.setState({ dialog: 'tier-rename' }),
  });
}

/** Going from one segment to the next, selecting, classing and deleting, and taking it back. */
function useChoosing(options: Options): void {
  const { desk, segments, labels } = options;
  const here = () => placeOf(options);
  const remove = () => {
    const gone = desk.selection;
    const at = segments.findIndex(({ id }) => id === gone.at(-1));
    const next =
      segments.slice(at + 1).find(({ id }) => !gone.includes(id)) ?? segments.slice(0, Math.max(at, 0)).at(-1);
    const done = desk.edit(() => ({ label: 'delete', wanted: gone.map((id) => ({ id, after: null })) }));
    if (done) desk.select(next && !gone.includes(next.id) ? [next.id] : []);
  };
  const step = (by: 1 | -1) => {
    const at = segments.findIndex(({ id }) => id === desk.selection.at(-1));
    // Where none is selected: the one nearest to the cursor in that direction.
    const from = segments.findIndex(({ geometry }) => geometry.end > here());
    const next =
      at >= 0 ? segments[at + by] : segments[by > 0 ? Math.max(from, 0) : (from < 0 ? segments.length : from) - 1];
    if (!next) return;
    desk.settle();
    desk.select([next.id]);
    options.onReached(next);
  };
  const classify = (place: number) => {
    const label = labels[place];
    if (!label) return;
    const chosen = new Set(desk.selection);
    desk.edit((doc) => ({
      label: 'classify',
      wanted: doc.shapes
        .filter((shape) => chosen.has(shape.id) && shape.label !== label.key)
        .map((shape) => ({
          id: shape.id,
          after: { ...shape, label: label.key, attributes: withInitial(label, shape.attributes) },
        })),
    }));
  };

  const some = someOf(desk);
  useActions({
    'sound.delete': { run: remove, when: some },
    'sound.select-all': { run: () => desk.select(segments.map(({ id }) => id)), when: () => segments.length > 0 },
    'sound.select-after': {
      run: () => desk.select(segments.filter(({ geometry }) => geometry.end > here()).map(({ id }) => id)),
      when: () => segments.length > 0,
    },
    'sound.next': { run: () => step(1), when: () => segments.length > 0 },
    'sound.previous': { run: () => step(-1), when: () => segments.length > 0 },
    'sound.undo': { run: () => desk.undo(), when: () => noDialog() && !inOtherText() },
    'sound.redo': { run: () => desk.redo(), when: () => noDialog() && !inOtherText() },
    ...Object.fromEntries(
      Array.from({ length: 9 }, (_, place) => [`sound.label-${place + 1}`, { run: () => classify(place), when: some }]),
    ),
  });
}

/** The middle of the pause nearest to a frame, within two seconds; null where there is none. */
function nearestPause(silences: readonly { start: number; end: number }[], frame: number, rate: number): number | null {
  let best: number | null = null;
  for (const { start, end } of silences) {
    const middle = Math.round((start + end) / 2);
    if (best === null || Math.abs(middle - frame) < Math.abs(best - frame)) best = middle;
  }
  return best !== null && Math.abs(best - frame) <= 2 * rate ? best : null;
}

/** Marking segments while it plays, for the key that is held. */
function useMark({ desk, sound, player, tiers, settings, newSegment, onMark }: Options): void {
  const { rate } = sound.facts;
  const { reactionMs, speed } = settings;
  const { active } = tiers;
  const mark = useCallback(
    (start: number, end: number) => {
      const shape: Shape = {
        ...newSegment(),
        geometry: { type: 'span', start, end, tier: active, channel: null },
      };
      desk.edit(() => ({ label: 'draw', wanted: [{ id: shape.id, after: shape }] }));
      desk.select([shape.id]);
    },
    [active, desk, newSegment],
  );
  const marking = useMemo(
    () =>
      createMarking({
        position: () => (player.playing ? player.position() : desk.cursor),
        reaction: () => (player.playing ? (reactionMs / 1000) * rate * speed : 0),
        begun: onMark,
        mark,
      }),
    [desk, mark, onMark, player, rate, reactionMs, speed],
  );
  useEffect(() => {
    soundStore.setState({ room: { mark: marking } });
    return () => {
      marking.cancel();
      soundStore.setState({ room: null });
    };
  }, [marking]);
}
