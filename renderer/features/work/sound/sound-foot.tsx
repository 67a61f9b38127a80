import { UnstyledButton } from '@mantine/core';
import { memo, useEffect, useRef, useState } from 'react';
import type { Player } from '#renderer/sound/player/player.ts';
import type { Sound, SoundFacts } from '#renderer/sound/sound.ts';
import type { WavePlace } from '#renderer/wave/wave-view.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { runBound } from '#renderer/lib/action.ts';
import type { DraftJournal } from '../draft-journal.ts';
import foot from '../stage-foot.module.css';
import { Saved, useReloadWord } from '../stage-foot.tsx';
import { useDraft } from '../use-open-task.ts';
import { lengthText, placeText } from './sound-time.ts';
import { TierMenu } from './tier-menu.tsx';
import { usePlayerState } from './use-player.ts';
import { useSoundFacts } from './use-quiet.ts';
import type { Tiers } from './use-tiers.ts';
import classes from './sound-foot.module.css';

interface Props {
  journal: DraftJournal;
  name: string;
  sound: Sound;
  player: Player;
  tiers: Tiers;
  /** Gives the listener for where the pointer is. */
  onHover: (listen: (place: WavePlace | null) => void) => () => void;
  /** A mark was begun while it plays. */
  marking: boolean;
}

/** The line below the picture: whether everything is saved, the name, what kind of sound, where the pointer is, the tier. */
export const SoundFoot = memo(function SoundFoot({ journal, name, sound, player, tiers, onHover, marking }: Props) {
  const t = useText();
  const format = useFormat();
  const view = useDraft(journal);
  useReloadWord(view.reloads);
  const facts = useSoundFacts(sound);
  const scanned = facts.frames === 0 ? 1 : facts.scanned / facts.frames;
  return (
    <div className={foot.foot}>
      <Saved state={view.saved} />
      <span className={foot.name} title={name}>
        {name}
      </span>
      <span className={classes.facts}>
        {t('work.sound.facts', { khz: format.number(facts.rate / 1000, 2), count: facts.channels })}
      </span>
      {(!facts.exact || scanned < 1) && (
        <span className={classes.scan} role="status">
          {t('work.sound.scanning', { share: format.percent(Math.min(scanned, 1), 0) })}
        </span>
      )}
      <Awaited facts={facts} player={player} />
      <Damage facts={facts} />
      {marking && (
        <span className={classes.marking} role="status">
          {t('work.sound.marking')}
        </span>
      )}
      <Pointer rate={facts.rate} onHover={onHover} />
      <TierMenu tiers={tiers} />
      <div className={foot.zoom}>
        <ZoomButton label={t('canvas.action.zoomOut')} of="sound.zoom-out" sign="−" />
        <ZoomButton label={t('work.sound.actions.fit')} of="sound.fit" sign="⤢" />
        <ZoomButton label={t('canvas.action.zoomIn')} of="sound.zoom-in" sign="+" />
      </div>
    </div>
  );
});

/** Said while it is to play from a place that was not gone through: how long the recording is is not known before. */
function Awaited({ facts, player }: { facts: SoundFacts; player: Player }) {
  const t = useText();
  const { status } = usePlayerState(player);
  if (facts.exact || status !== 'waiting' || player.position() < facts.frames) return null;
  return (
    <span className={classes.marking} role="status">
      {t('work.sound.notThereYet')}
    </span>
  );
}

/** What is wrong with the file, as far as it was gone through: nobody should be returned for what could not be heard. */
function Damage({ facts: { damage, rate } }: { facts: SoundFacts }) {
  const t = useText();
  if (!damage) return null;
  const lost =
    damage.lost === 0
      ? null
      : t('work.sound.damage.lost', {
          length: lengthText(damage.lost, rate),
          from: placeText(damage.firstLost ?? 0, rate),
        });
  return (
    <span className={classes.damage} role="status">
      {[lost, damage.cut ? t('work.sound.damage.cut') : null].filter((each) => each !== null).join(' ')}
    </span>
  );
}

function ZoomButton({ label, of, sign }: { label: string; of: string; sign: string }) {
  return (
    <UnstyledButton className={foot.step} aria-label={label} title={label} onClick={() => runBound(of)}>
      {sign}
    </UnstyledButton>
  );
}

function Pointer({ rate, onHover }: { rate: number; onHover: Props['onHover'] }) {
  const [frame, setFrame] = useState<number | null>(null);
  const latest = useRef(frame);
  useEffect(
    () =>
      onHover((place) => {
        const next = place?.frame ?? null;
        if (next === latest.current) return;
        latest.current = next;
        setFrame(next);
      }),
    [onHover],
  );
  return (
    <span className={foot.position} aria-hidden>
      {frame === null ? '' : placeText(frame, rate)}
    </span>
  );
}
