import { useEffect, useRef, useState } from 'react';
import type { AnnotationDoc, Proposal, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { CheckableRules } from '#shared/domain/project.ts';
import type { Player } from '#renderer/sound/player/player.ts';
import type { Sound } from '#renderer/sound/sound.ts';
import { createWaveView } from '#renderer/wave/wave-engine.ts';
import type { WaveMark, WavePlace, WaveView, WaveWords } from '#renderer/wave/wave-view.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import type { SoundDesk } from './sound-desk.ts';
import { usePlayhead } from './use-player.ts';
import type { SoundSettings } from './use-sound-settings.ts';
import type { Tiers } from './use-tiers.ts';

interface Options {
  sound: Sound;
  desk: SoundDesk;
  doc: AnnotationDoc;
  player: Player;
  labels: LabelSet;
  rules: CheckableRules;
  tiers: Tiers;
  proposals: readonly Proposal[];
  marks: readonly WaveMark[];
  settings: SoundSettings;
  /** Where a boundary lies well. */
  snap: (frame: number, reach: number) => number | null;
  newSegment: () => Omit<Shape, 'geometry'>;
  onPlay: (id: ShapeId) => void;
  onHover: (place: WavePlace | null) => void;
}

/** Shows a recording in the element that the returned function is the ref of, and keeps the picture as everything else is. */
export function useWaveView(options: Options): { view: WaveView | null; hostRef: (host: HTMLElement | null) => void } {
  const { sound, desk } = options;
  const t = useText();
  const [host, setHost] = useState<HTMLElement | null>(null);
  const [view, setView] = useState<WaveView | null>(null);
  const latest = useRef(options);
  latest.current = options;

  useEffect(() => {
    if (!host) return undefined;
    const made = createWaveView(host, {
      sound,
      words: waveWords(t),
      emit: (change) => {
        desk.do(change);
        // What was drawn is under work from here on.
        const drawn = change.edits.flatMap(({ before, after }) => (before === null && after ? [after.id] : []));
        if (drawn.length > 0) desk.select(drawn);
        made.setDoc(desk.doc);
      },
      select: (ids) => desk.select(ids),
      seek: (frame) => {
        latest.current.player.seek(frame);
        desk.setCursor(frame);
      },
      scrub: (frame, side) => {
        if (frame !== null) latest.current.player.scrub(frame, side);
      },
      play: (id) => latest.current.onPlay(id),
      hover: (place) => latest.current.onHover(place),
      contextmenu: () => undefined,
      viewed: () => undefined,
      snap: (frame, reach) => latest.current.snap(frame, reach),
      newSegment: () => latest.current.newSegment(),
    });
    setView(made);
    const release = desk.onSettle(() => made.settle());
    return () => {
      setView(null);
      // What is held back goes to the journal, which listens still.
      made.settle();
      release();
      made.dispose();
    };
  }, [desk, host, sound, t]);

  useShown(view, options);
  return { view, hostRef: setHost };
}

/** What the picture says by itself. */
function waveWords(t: ReturnType<typeof useText>): WaveWords {
  return {
    label: t('work.sound.wave.label'),
    channel: (channel, of) =>
      of === 1 ? t('work.sound.wave.mono') : t('work.sound.wave.channel', { channel: channel + 1 }),
    noTier: t('work.sound.wave.noTier'),
    raised: (db) => t('work.sound.wave.raised', { db }),
    notScanned: t('work.sound.wave.notScanned'),
    zoomIn: t('work.sound.wave.zoomIn'),
  };
}

/** Keeps the picture as everything else is. */
function useShown(view: WaveView | null, options: Options): void {
  const { desk, doc, player, labels, rules, tiers, proposals, marks, settings } = options;
  useEffect(() => view?.setLabels(labels), [labels, view]);
  useEffect(
    () =>
      view?.setTiers(
        tiers.all.map((key) => ({ key })),
        tiers.active,
      ),
    [tiers, view],
  );
  useEffect(() => view?.setDoc(doc), [doc, view]);
  useEffect(() => {
    view?.setSelection(desk.selection);
    return desk.on('selection', (ids) => view?.setSelection(ids));
  }, [desk, view]);
  useEffect(() => view?.setProposals(proposals), [proposals, view]);
  useEffect(() => view?.setMarks(marks), [marks, view]);
  const { fullHeight, spectrogram } = settings;
  const { noOverlap = null } = rules;
  useEffect(() => view?.setView({ fullHeight, spectrogram, noOverlap }), [fullHeight, noOverlap, spectrogram, view]);
  useEffect(() => {
    view?.setCursor(desk.cursor);
    return desk.on('cursor', (frame) => view?.setCursor(frame));
  }, [desk, view]);

  const playhead = useRef<(frame: number, playing: boolean) => void>(() => undefined);
  playhead.current = (frame, playing) => {
    view?.setPlayhead(playing ? frame : null);
    if (!playing) desk.setCursor(frame);
  };
  const [draw] = useState(() => (frame: number, playing: boolean) => playhead.current(frame, playing));
  usePlayhead(player, draw);
}
