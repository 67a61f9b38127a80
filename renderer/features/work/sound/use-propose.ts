import { v7 as uuidv7 } from 'uuid';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ShapeId } from '#shared/domain/annotation.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { CheckableRules } from '#shared/domain/project.ts';
import { initialAttributes } from '#shared/rules/label-attributes.rules.ts';
import { energyModel } from '#shared/sound/propose.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import type { Sound } from '#renderer/sound/sound.ts';
import { toast } from '#renderer/ui/toast.ts';
import { proposalsOf } from './silence-client.ts';
import { isScanned } from './use-quiet.ts';
import type { SoundSettings } from './use-sound-settings.ts';
import type { Tiers } from './use-tiers.ts';

interface Options {
  taskId: TaskId;
  sound: Sound;
  rules: CheckableRules;
  /** dB above the noise floor; undefined: what the recording has room for. */
  silenceDb: number | undefined;
  tiers: Tiers;
  labels: LabelSet;
  settings: SoundSettings;
}

/** Most proposals that are kept of one recording. */
const most = 20_000;

/** Proposes segments by the energy of the speech, fitted to the rules, and keeps them apart until somebody decides. */
export function usePropose({ taskId, sound, rules, silenceDb, tiers, labels, settings }: Options) {
  const t = useText();
  const command = useCommand('proposals.set');
  const [proposing, setProposing] = useState(false);
  const { run } = command;
  const { all, active } = tiers;
  const { perChannel } = settings;
  const leaving = useRef(new AbortController());
  useEffect(() => {
    const ends = new AbortController();
    leaving.current = ends;
    return () => ends.abort();
  }, [sound]);
  const propose = useCallback(async () => {
    setProposing(true);
    try {
      await scanned(sound);
      const { channels } = sound.facts;
      const first = labels[0];
      const apart = perChannel && channels > 1;
      const wanted = (apart ? Array.from({ length: channels }, (_, channel) => channel) : [null]).map((channel) => ({
        rules: silenceDb === undefined ? rules : { ...rules, silenceDb },
        channel,
        tier:
          channel === null
            ? active
            : (all.filter(Boolean)[channel] ?? t('work.sound.tier.channel', { channel: channel + 1 })),
      }));
      const mayOverlap = rules.noOverlap !== 'all';
      const found = await proposalsOf(sound, { wanted, mayOverlap }, leaving.current.signal);
      const proposals = found.slice(0, most).map((each) => ({
        ...each,
        id: uuidv7() as ShapeId,
        // What is heard as speech is what the first class means until somebody says otherwise.
        label: first?.key ?? null,
        attributes: initialAttributes(first),
      }));
      const done = await run({ taskId, model: energyModel, proposals });
      if (!done) toast(t('work.sound.proposeFailed'));
      else if (proposals.length === 0) toast(t('work.sound.proposedNone'));
    } catch {
      if (!leaving.current.signal.aborted) toast(t('work.sound.proposeFailed'));
    } finally {
      setProposing(false);
    }
  }, [active, all, labels, perChannel, rules, run, silenceDb, sound, t, taskId]);
  return { propose, proposing };
}

/** Resolves when the recording was gone through. */
function scanned(sound: Sound): Promise<void> {
  if (isScanned(sound)) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = sound.subscribe(() => {
      if (!isScanned(sound)) return;
      stop();
      resolve();
    });
  });
}
