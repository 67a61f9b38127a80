import { v7 as uuidv7 } from 'uuid';
import { useCallback, useMemo, useRef, useState, type RefObject } from 'react';
import type { Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { CheckableRules } from '#shared/domain/project.ts';
import { initialAttributes } from '#shared/rules/label-attributes.rules.ts';
import type { EditLimits } from '#shared/rules/segment-edits.rules.ts';
import { segmentsInTime } from '#shared/rules/sound-breaches.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import type { Player } from '#renderer/sound/player/player.ts';
import type { Sound } from '#renderer/sound/sound.ts';
import type { WavePlace } from '#renderer/wave/wave-view.ts';
import { canvasHostAttribute } from '../canvas-focus.ts';
import type { DraftJournal } from '../draft-journal.ts';
import { useGuideline } from '../use-guideline.ts';
import { useDraftDoc, type TaskFacts } from '../use-open-task.ts';
import type { Submission, SubmitTool } from '../use-submit.ts';
import type { ProjectRow } from '../work-page.tsx';
import { FindPanel } from './find-panel.tsx';
import { PlayBar } from './play-bar.tsx';
import { RoomDivider } from './room-divider.tsx';
import { SoundDialogs } from './sound-dialogs.tsx';
import { SoundFoot } from './sound-foot.tsx';
import { SoundSettings } from './sound-settings.tsx';
import { SoundSide } from './sound-side.tsx';
import { TokenKeys } from './token-keys.tsx';
import { TranscriptList } from './transcript-list.tsx';
import type { SoundDesk } from './sound-desk.ts';
import { soundStore } from './sound.store.ts';
import { longQuiet, nearestEdge } from './quiet-places.ts';
import { useBegunMark } from './use-begun-mark.ts';
import { useListening } from './use-listening.ts';
import { useLooking } from './use-looking.ts';
import { usePlayer } from './use-player.ts';
import { useProposedSegments } from './use-proposed-segments.ts';
import { usePropose } from './use-propose.ts';
import { useQuiet, useSoundFacts } from './use-quiet.ts';
import { useReaching } from './use-reaching.ts';
import { useSegmenting } from './use-segmenting.ts';
import { useSoundBreaches } from './use-sound-breaches.ts';
import { useSoundSettings } from './use-sound-settings.ts';
import { useTiers } from './use-tiers.ts';
import { useWaveView } from './use-wave-view.ts';
import classes from './sound-view.module.css';

interface Props {
  project: ProjectRow;
  facts: TaskFacts;
  journal: DraftJournal;
  desk: SoundDesk;
  sound: Sound;
  submission: Submission;
  /** Filled with what is to be kept with what is sealed. */
  measured: RefObject<SubmitTool['measured']>;
}

const noRules: CheckableRules = {};

/** The room once its recording is open: the player first, since everything else needs it. */
export function SoundRoom(props: Props) {
  const [settings] = useSoundSettings();
  const player = usePlayer(props.sound, settings);
  return player && <OpenRoom {...props} player={player} />;
}

/** Above the picture of the recording, below what is said in it, beside that what is asked of it. */
function OpenRoom({ project, facts, journal, desk, sound, submission, measured, player }: Props & { player: Player }) {
  const t = useText();
  const { labels } = project;
  const [settings, set] = useSoundSettings();
  const { findOpen, settingsOpen, compared } = soundStore();
  const doc = useDraftDoc(journal);
  const segments = useMemo(() => segmentsInTime(doc), [doc]);
  const known = useSoundFacts(sound);
  const { rate } = known;
  const frames = known.exact ? known.frames : null;
  const guideline = useGuideline(project.id);
  const rules = guideline?.rules ?? noRules;
  const silenceDb = rules.silenceDb ?? (settings.silenceDb > 0 ? settings.silenceDb : undefined);
  const quiet = useQuiet(sound, silenceDb);
  const limits = useMemo(
    (): EditLimits => ({ frames, ...(rules.noOverlap && { noOverlap: rules.noOverlap }) }),
    [frames, rules.noOverlap],
  );
  const tiers = useTiers(project.id, segments, desk, limits);
  const { checked, breaches, marks, breachOf, words } = useSoundBreaches({ doc, labels, rules, rate, frames, quiet });
  const proposed = useProposedSegments(facts.task.id, doc);

  measured.current = () => ({
    ...(frames !== null && { sound: { rate, channels: known.channels, frames } }),
    ...(quiet !== null &&
      rules.longestInnerSilenceS !== undefined && {
        quiet: longQuiet(quiet, rules.longestInnerSilenceS * rate),
      }),
  });

  const newSegment = useCallback(() => segmentByHand(labels), [labels]);
  const { height, resize } = useStageHeight(settings.height, (next) => set('height', next));
  const listening = useListening({ desk, sound, player, settings, set });
  const { hover, onHover } = useHover();
  const { begun, onMark, allMarks } = useBegunMark(marks, player);
  const { view, hostRef } = useWaveView({
    sound,
    desk,
    doc,
    player,
    labels,
    rules,
    tiers,
    proposals: proposed,
    marks: useMemo(() => (compared.length === 0 ? allMarks : [...allMarks, ...compared]), [allMarks, compared]),
    settings,
    snap: (frame, reach) => nearestEdge(quiet?.all ?? [], frame, reach),
    newSegment,
    onPlay: (id) => {
      const segment = segments.find((each) => each.id === id);
      if (segment) listening.hear(segment);
    },
    onHover: hover,
  });
  const { reveal, onReached, onLook } = useReaching({ desk, view, player, settings, listening });
  const { propose, proposing } = usePropose({
    taskId: facts.task.id,
    sound,
    rules,
    silenceDb,
    tiers,
    labels,
    settings,
  });
  useSegmenting({
    desk,
    sound,
    player,
    view,
    segments,
    labels,
    quiet,
    tiers,
    settings,
    newSegment,
    limits,
    onMark,
    onReached,
  });
  useLooking({ desk, view, settings, set, propose, proposing });

  return (
    <div className={classes.room}>
      <section className={classes.stage} style={{ height }} aria-label={t('work.sound.stage')}>
        <PlayBar
          desk={desk}
          journal={journal}
          sound={sound}
          player={player}
          settings={settings}
          set={set}
          proposing={proposing}
        />
        {settingsOpen && (
          <SoundSettings
            settings={settings}
            set={set}
            rules={rules}
            silenceDb={silenceDb}
            quiet={quiet}
            rate={rate}
            channels={known.channels}
            innerSilences={breaches.filter(({ rule }) => rule === 'innerSilence').length}
          />
        )}
        <div
          ref={hostRef}
          className={classes.host}
          {...{ [canvasHostAttribute]: '' }}
          data-task={facts.task.id}
          data-scanned={known.exact && known.scanned >= known.frames ? '' : undefined}
        />
        <SoundFoot
          journal={journal}
          name={facts.task.name}
          sound={sound}
          player={player}
          tiers={tiers}
          onHover={onHover}
          marking={begun}
        />
      </section>
      <RoomDivider height={height} onChange={resize} />
      <div className={classes.below}>
        <div className={classes.texts}>
          {findOpen && (
            <FindPanel
              desk={desk}
              doc={doc}
              rate={rate}
              onReached={(id) => {
                desk.select([id]);
              }}
            />
          )}
          <TokenKeys tokens={rules.tokens} />
          <TranscriptList
            desk={desk}
            segments={segments}
            rate={rate}
            labels={labels}
            tokens={rules.tokens}
            breachOf={breachOf}
            onReached={onReached}
          />
        </div>
        <SoundSide
          project={project}
          facts={facts}
          journal={journal}
          desk={desk}
          sound={sound}
          checked={checked}
          breaches={breaches}
          words={words}
          proposals={proposed}
          submission={submission}
          onReveal={reveal}
          onLook={onLook}
        />
      </div>
      <SoundDialogs desk={desk} rate={rate} tiers={tiers} limits={limits} />
    </div>
  );
}

/** A segment as a hand draws it: of the first class, with what that class begins with. */
function segmentByHand(labels: LabelSet): Omit<Shape, 'geometry'> {
  const [first] = labels;
  return {
    id: uuidv7() as ShapeId,
    label: first?.key ?? null,
    attributes: initialAttributes(first),
    origin: 'hand',
  };
}

/** How high the picture is, while it is dragged too; kept when that is done. */
function useStageHeight(kept: number, keep: (height: number) => void) {
  const [dragged, setDragged] = useState<number | null>(null);
  const resize = (next: number, done: boolean) => {
    setDragged(done ? null : next);
    if (done) keep(next);
  };
  return { height: dragged ?? kept, resize };
}

/** Where the pointer is, told to the one who listens without the room being rendered. */
function useHover() {
  const listener = useRef<((place: WavePlace | null) => void) | null>(null);
  const hover = useCallback((place: WavePlace | null) => listener.current?.(place), []);
  const onHover = useCallback((listen: (place: WavePlace | null) => void) => {
    listener.current = listen;
    return () => {
      if (listener.current === listen) listener.current = null;
    };
  }, []);
  return { hover, onHover };
}
