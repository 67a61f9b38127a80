import { NumberInput, SegmentedControl, Select } from '@mantine/core';
import type { Settings } from '#shared/contract/settings.contract.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { isLanguage, languageNames, languages } from '#renderer/i18n/language.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Section } from '#renderer/ui/form.tsx';
import classes from './settings.module.css';

const themes = ['auto', 'light', 'dark'] as const;
const hours = Array.from({ length: 24 }, (_, hour) => hour);
const leastIdle = 1;
const mostIdle = 120;

/** Language, theme, and when a working day begins. Every change takes effect and is kept at once. */
export function Preferences({ settings }: { settings: Settings }) {
  const t = useText();
  const { language } = useFormat();
  const set = useCommand('settings.set');
  return (
    <>
      <Section title={t('settings.appearance.title')}>
        <FieldRow>
          <Choice
            label={t('settings.language')}
            data={languages.map((value) => ({ value, label: languageNames[value] }))}
            value={language}
            onChange={(value) => isLanguage(value) && void set.run({ language: value })}
          />
          <Choice
            label={t('settings.theme')}
            data={themes.map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
            value={settings.theme}
            onChange={(value) => {
              const theme = themes.find((known) => known === value);
              if (theme) void set.run({ theme });
            }}
          />
        </FieldRow>
        <ErrorNotice error={set.error} onDismiss={set.clear} />
      </Section>
      <Section title={t('settings.day.title')} lead={t('settings.day.lead')}>
        <Select
          className={classes.short}
          label={t('settings.day.startHour')}
          description={t('settings.day.startHint')}
          data={hours.map((hour) => ({ value: String(hour), label: `${String(hour).padStart(2, '0')}:00` }))}
          value={String(settings.dayStartHour)}
          onChange={(hour) => hour !== null && void set.run({ dayStartHour: Number(hour) })}
        />
        <NumberInput
          className={classes.short}
          label={t('settings.day.idle')}
          description={t('settings.day.idleHint')}
          min={leastIdle}
          max={mostIdle}
          clampBehavior="strict"
          allowDecimal={false}
          allowNegative={false}
          value={settings.idleAfterMinutes}
          onChange={(minutes) => {
            if (typeof minutes === 'number' && minutes >= leastIdle) void set.run({ idleAfterMinutes: minutes });
          }}
        />
      </Section>
    </>
  );
}

interface ChoiceProps {
  label: string;
  data: { value: string; label: string }[];
  value: string;
  onChange: (value: string) => void;
}

function Choice({ label, data, value, onChange }: ChoiceProps) {
  return (
    <div className={classes.choice}>
      <span className={classes.choiceLabel}>{label}</span>
      <SegmentedControl aria-label={label} data={data} value={value} onChange={onChange} />
    </div>
  );
}
