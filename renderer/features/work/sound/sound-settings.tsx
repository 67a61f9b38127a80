import { NumberInput, Slider, Switch } from '@mantine/core';
import { useEffect } from 'react';
import type { CheckableRules } from '#shared/domain/project.ts';
import { defaultSilenceDb, type Quiet } from '#shared/sound/silences.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { composing } from '#renderer/lib/keys.ts';
import { createScope } from '#renderer/lib/scope.ts';
import { soundStore } from './sound.store.ts';
import type { SoundSettings as Settings } from './use-sound-settings.ts';
import classes from './sound-settings.module.css';

interface Props {
  settings: Settings;
  set: <Name extends keyof Settings>(name: Name, value: Settings[Name]) => void;
  rules: CheckableRules;
  /** dB above the noise floor in force; undefined: what the recording has room for. */
  silenceDb: number | undefined;
  quiet: Quiet | null;
  rate: number;
  channels: number;
  /** Open breaches by silence inside a segment. */
  innerSilences: number;
}

/** What the room remembers: how one listens and marks, and what counts as silence, with what that makes of this recording. */
export function SoundSettings({ settings, set, rules, silenceDb, quiet, rate, channels, innerSilences }: Props) {
  const t = useText();
  useEffect(() => {
    const scope = createScope();
    scope.listen(window, 'keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented || composing(event)) return;
      soundStore.setState({ settingsOpen: false });
    });
    return () => scope.dispose();
  }, []);
  const format = useFormat();
  const fixed = rules.silenceDb !== undefined;
  const threshold =
    silenceDb === undefined
      ? t('work.sound.settings.silenceAuto', { db: format.number(defaultSilenceDb, 0) })
      : t('work.sound.settings.silence', { db: format.number(silenceDb, 0) });
  const seconds = quiet ? quiet.all.reduce((sum, { start, end }) => sum + end - start, 0) / rate : 0;
  const number = (name: 'rewindS' | 'lastS' | 'reactionMs', min: number, max: number, step: number) => ({
    size: 'xs' as const,
    label: t(`work.sound.settings.${name}`),
    min,
    max,
    step,
    value: settings[name],
    onChange: (value: string | number) => {
      if (typeof value === 'number') set(name, Math.min(Math.max(value, min), max));
    },
  });
  return (
    <section className={classes.panel} aria-label={t('work.sound.settings.title')}>
      <div className={classes.silence}>
        <span className={classes.name} id="sound-silence">
          {threshold}
        </span>
        <Slider
          size={4}
          thumbSize={14}
          label={null}
          thumbLabel={threshold}
          min={0}
          max={40}
          step={1}
          disabled={fixed}
          value={silenceDb ?? 0}
          onChange={(value) => set('silenceDb', value)}
        />
        <span className={classes.effect} role="status">
          {quiet === null
            ? t('work.sound.settings.notYet')
            : t('work.sound.settings.effect', {
                count: quiet.all.length,
                seconds: format.number(seconds, 1),
                inner: format.number(innerSilences, 0),
              })}
          {fixed && ` ${t('work.sound.settings.fixed')}`}
        </span>
      </div>
      <NumberInput {...number('reactionMs', 0, 1000, 10)} />
      <NumberInput {...number('lastS', 0.5, 30, 0.5)} decimalScale={1} />
      <NumberInput {...number('rewindS', 0, 10, 0.1)} decimalScale={1} disabled={!settings.rewinds} />
      <div className={classes.switches}>
        <Switch
          size="xs"
          label={t('work.sound.settings.rewinds')}
          checked={settings.rewinds}
          onChange={(event) => set('rewinds', event.currentTarget.checked)}
        />
        <Switch
          size="xs"
          label={t('work.sound.settings.plays')}
          checked={settings.plays}
          onChange={(event) => set('plays', event.currentTarget.checked)}
        />
        {channels > 1 && (
          <Switch
            size="xs"
            label={t('work.sound.settings.perChannel')}
            checked={settings.perChannel}
            onChange={(event) => set('perChannel', event.currentTarget.checked)}
          />
        )}
        <Switch
          size="xs"
          label={t('work.sound.settings.spectrogram')}
          checked={settings.spectrogram}
          onChange={(event) => set('spectrogram', event.currentTarget.checked)}
        />
        <Switch
          size="xs"
          label={t('work.sound.settings.fullHeight')}
          checked={settings.fullHeight}
          onChange={(event) => set('fullHeight', event.currentTarget.checked)}
        />
      </div>
    </section>
  );
}
