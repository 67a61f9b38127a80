import { ActionIcon, Slider, Tooltip, UnstyledButton } from '@mantine/core';
import {
  IconAdjustmentsHorizontal,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerTrackNext,
  IconPlayerRecord,
  IconRepeat,
  IconRewindBackward5,
  IconScissors,
  IconSparkles,
  IconTrash,
  IconVolume,
  IconWaveSine,
  IconArrowsJoin2,
  type Icon,
} from '@tabler/icons-react';
import { memo, useCallback, useRef, useSyncExternalStore, type ReactNode } from 'react';
import type { Player } from '#renderer/sound/player/player.ts';
import type { Sound } from '#renderer/sound/sound.ts';
import { useText, type LocaleKey } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { runBound } from '#renderer/lib/action.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import type { DraftJournal } from '../draft-journal.ts';
import type { SoundDesk } from './sound-desk.ts';
import { placeText } from './sound-time.ts';
import { soundStore } from './sound.store.ts';
import { usePlayerState, usePlayhead } from './use-player.ts';
import type { SoundSettings } from './use-sound-settings.ts';
import classes from './play-bar.module.css';

interface Props {
  desk: SoundDesk;
  journal: DraftJournal;
  sound: Sound;
  player: Player;
  settings: SoundSettings;
  set: <Name extends keyof SoundSettings>(name: Name, value: SoundSettings[Name]) => void;
  proposing: boolean;
}

/** Playing, marking and the tools for segments, above the picture of the recording. */
export const PlayBar = memo(function PlayBar({ desk, journal, sound, player, settings, set, proposing }: Props) {
  const t = useText();
  const format = useFormat();
  const settingsOpen = soundStore((state) => state.settingsOpen);
  const { channels } = sound.facts;
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('work.sound.bar')}>
      <PlayTool player={player} />
      <Tool icon={IconPlayerTrackNext} labelKey="work.sound.actions.playSegment" of="sound.play-segment" keys="F5" />
      <LoopTool player={player} />
      <Tool icon={IconRewindBackward5} labelKey="work.sound.actions.last" of="sound.last" keys="F9" />
      <Clock desk={desk} sound={sound} player={player} />
      <i className={classes.line} />
      <Step label={t('work.sound.actions.slower')} of="sound.slower" sign="−" />
      <Tooltip label={<Tip text={t('work.sound.actions.usualSpeed')} of="sound.usual-speed" keys="Shift+F4" />}>
        <UnstyledButton
          className={classes.speed}
          aria-label={t('work.sound.speed', { speed: format.number(settings.speed, 1) })}
          onMouseDown={keepFocus}
          onClick={() => set('speed', 1)}
        >
          {format.number(settings.speed, 1)}×
        </UnstyledButton>
      </Tooltip>
      <Step label={t('work.sound.actions.faster')} of="sound.faster" sign="+" />
      <IconVolume size={16} stroke={1.6} aria-hidden className={classes.icon} />
      <Slider
        className={classes.volume}
        size={4}
        thumbSize={12}
        label={null}
        thumbLabel={t('work.sound.volume')}
        min={0}
        max={1}
        step={0.05}
        value={settings.volume}
        onChange={(value) => set('volume', value)}
      />
      {channels > 1 && <SoloTool player={player} />}
      <i className={classes.line} />
      <Tooltip label={<Tip text={t('work.sound.proposeWhat')} of="sound.propose" keys="V" />} multiline maw={320}>
        <UnstyledButton
          className={classes.propose}
          disabled={proposing}
          onMouseDown={keepFocus}
          onClick={() => runBound('sound.propose')}
          aria-busy={proposing}
        >
          <IconSparkles size={16} stroke={1.6} aria-hidden />
          {t('work.sound.propose')}
        </UnstyledButton>
      </Tooltip>
      <Tool
        icon={IconPlayerRecord}
        labelKey="work.sound.actions.mark"
        of="sound.mark"
        keys="Ctrl+B"
        onPress={pressMark}
      />
      <Tool icon={IconScissors} labelKey="work.sound.actions.split" of="sound.split" keys="X" />
      <Tool icon={IconArrowsJoin2} labelKey="work.sound.actions.merge" of="sound.merge" keys="Ctrl+J" />
      <Tool icon={IconTrash} labelKey="work.sound.actions.delete" of="sound.delete" keys="Delete" />
      <i className={classes.line} />
      <Undo icon={IconArrowBackUp} which="undo" journal={journal} />
      <Undo icon={IconArrowForwardUp} which="redo" journal={journal} />
      <span className={classes.rest}>
        <Tool
          icon={IconWaveSine}
          labelKey="work.sound.actions.spectrogram"
          of="sound.spectrogram"
          keys="Shift+G"
          pressed={settings.spectrogram}
        />
        <Tool
          icon={IconAdjustmentsHorizontal}
          labelKey="work.sound.actions.settings"
          of="sound.settings"
          keys="Shift+N"
          pressed={settingsOpen}
        />
      </span>
    </div>
  );
});

// What follows the player is drawn by itself: with every row that is reached it starts anew, and the bar stays as it is.

function PlayTool({ player }: { player: Player }) {
  const playing = usePlayerState(player).status !== 'idle';
  return (
    <Tool
      icon={playing ? IconPlayerPauseFilled : IconPlayerPlayFilled}
      labelKey={playing ? 'work.sound.pause' : 'work.sound.actions.play'}
      of="sound.play"
      keys="F4"
      strong
    />
  );
}

function LoopTool({ player }: { player: Player }) {
  const { status, range } = usePlayerState(player);
  const looping = status !== 'idle' && range?.loop === true;
  return <Tool icon={IconRepeat} labelKey="work.sound.actions.loop" of="sound.loop" keys="F6" pressed={looping} />;
}

/** Which channel is heard, of several. */
const SoloTool = memo(function SoloTool({ player }: { player: Player }) {
  const t = useText();
  const solo = useSyncExternalStore(
    (listener) => player.subscribe(listener),
    () => player.state.solo,
  );
  return (
    <Tooltip label={<Tip text={t('work.sound.actions.solo')} of="sound.solo" keys="Shift+F5" />}>
      <UnstyledButton
        className={classes.solo}
        aria-label={t('work.sound.actions.solo')}
        data-on={solo !== null || undefined}
        onMouseDown={keepFocus}
        onClick={() => runBound('sound.solo')}
      >
        {solo === null ? t('work.sound.soloAll') : t('work.sound.soloOne', { channel: solo + 1 })}
      </UnstyledButton>
    </Tooltip>
  );
});

/** The keys stay where they are: what is typed goes on. */
function keepFocus(event: { preventDefault(): void }) {
  event.preventDefault();
}

function pressMark() {
  const mark = soundStore.getState().room?.mark;
  mark?.press();
}

interface ToolProps {
  icon: Icon;
  labelKey: LocaleKey;
  of: string;
  keys: string;
  pressed?: boolean;
  strong?: boolean;
  onPress?: () => void;
}

const Tool = memo(function Tool(props: ToolProps) {
  const { icon: ToolIcon, labelKey, of, keys, pressed, strong = false, onPress } = props;
  const t = useText();
  return (
    <Tooltip position="bottom" label={<Tip text={t(labelKey)} of={of} keys={keys} />}>
      <ActionIcon
        className={classes.tool}
        data-strong={strong || undefined}
        aria-label={t(labelKey)}
        aria-pressed={pressed}
        onMouseDown={keepFocus}
        onClick={() => (onPress ? onPress() : runBound(of))}
      >
        <ToolIcon size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
});

function Undo({ icon: UndoIcon, which, journal }: { icon: Icon; which: 'undo' | 'redo'; journal: DraftJournal }) {
  const t = useText();
  const next = useSyncExternalStore(journal.subscribe, () => {
    const { undoStack, redoStack } = journal.view().journal;
    return (which === 'undo' ? undoStack : redoStack).at(-1)?.label;
  });
  const label = t(`canvas.action.${which}`);
  return (
    <Tooltip
      position="bottom"
      label={
        <span className={classes.tip}>
          {label}
          {next && <span>{t(`canvas.change.${next}`)}</span>}
          <KeyHint of={`sound.${which}`} keys={which === 'undo' ? 'Ctrl+Z' : 'Ctrl+Shift+Z'} />
        </span>
      }
    >
      <ActionIcon
        className={classes.tool}
        aria-label={label}
        data-idle={!next || undefined}
        onMouseDown={keepFocus}
        onClick={() => runBound(`sound.${which}`)}
      >
        <UndoIcon size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function Step({ label, of, sign }: { label: string; of: string; sign: string }) {
  return (
    <UnstyledButton
      className={classes.step}
      aria-label={label}
      title={label}
      onMouseDown={keepFocus}
      onClick={() => runBound(of)}
    >
      {sign}
    </UnstyledButton>
  );
}

function Tip({ text, of, keys }: { text: ReactNode; of: string; keys: string }) {
  return (
    <span className={classes.tip}>
      {text}
      <KeyHint of={of} keys={keys} />
    </span>
  );
}

/** Where it plays, or where the cursor is, and how long the recording is. Written past React: it changes with every frame. */
function Clock({ desk, sound, player }: { desk: SoundDesk; sound: Sound; player: Player }) {
  const field = useRef<HTMLSpanElement>(null);
  const { rate } = sound.facts;
  const draw = useCallback(
    (frame: number) => {
      if (field.current) field.current.textContent = placeText(frame, rate);
    },
    [rate],
  );
  usePlayhead(player, draw);
  const follow = useRef<(() => void) | null>(null);
  const attach = useCallback(
    (element: HTMLSpanElement | null) => {
      field.current = element;
      follow.current?.();
      follow.current = element ? desk.on('cursor', draw) : null;
      if (element) draw(desk.cursor);
    },
    [desk, draw],
  );
  return (
    <span className={classes.clock} aria-hidden>
      <span ref={attach} data-sound-clock />
      <span className={classes.total}> / {placeText(sound.facts.frames, rate)}</span>
    </span>
  );
}
