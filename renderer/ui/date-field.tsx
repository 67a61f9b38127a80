import { DateInput, DateTimePicker } from '@mantine/dates';
import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/en-gb';
import 'dayjs/locale/zh-cn';
import type { Language } from '#renderer/i18n/language.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';

/** Names of months and weekdays, and Monday first; days themselves are written as 2026-11-22 in both languages. */
const dayjsLocale: Record<Language, string> = { en: 'en-gb', 'zh-CN': 'zh-cn' };

interface Props {
  label?: string;
  /** When no label is shown. */
  'aria-label'?: string;
  /** Empty for none. */
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
  /** Can be emptied by a button. */
  clearable?: boolean;
  className?: string | undefined;
  placeholder?: string;
}

/*
 * `weekendDays`: no day is marked off work here, and red is kept for loss.
 */

/** A calendar day, `2026-11-22`: typed or chosen. The browser's own field would speak the browser's language. */
export function DayField({ value, onChange, clearable = false, className, ...rest }: Props) {
  const { language } = useFormat();
  const t = useText();
  return (
    <DateInput
      {...rest}
      {...(className === undefined ? {} : { className })}
      size="sm"
      locale={dayjsLocale[language]}
      monthLabelFormat={t('ui.date.month')}
      weekendDays={[]}
      valueFormat="YYYY-MM-DD"
      dateParser={(typed) => (/^\d{4}-\d{2}-\d{2}$/.test(typed) ? typed : null)}
      value={value === '' ? null : value}
      onChange={(day) => onChange(day ?? '')}
      clearable={clearable}
      clearButtonProps={{ 'aria-label': t('ui.date.clear') }}
    />
  );
}

/** A moment of this computer's clock, `2026-11-22T14:05:09`, as `toLocal` of lib/local-time.ts makes it. */
export function MomentField({ value, onChange, clearable = false, className, ...rest }: Props) {
  const { language } = useFormat();
  const t = useText();
  return (
    <DateTimePicker
      {...rest}
      {...(className === undefined ? {} : { className })}
      size="sm"
      withSeconds
      locale={dayjsLocale[language]}
      monthLabelFormat={t('ui.date.month')}
      weekendDays={[]}
      valueFormat="YYYY-MM-DD HH:mm:ss"
      value={value === '' ? null : value.replace('T', ' ')}
      onChange={(moment) => onChange(moment === null ? '' : moment.replace(' ', 'T'))}
      clearable={clearable}
      clearButtonProps={{ 'aria-label': t('ui.date.clear') }}
      submitButtonProps={{ 'aria-label': t('ui.date.take') }}
    />
  );
}

/** When something happened that is written down now, or later: empty means now, so that it costs no key. */
export function HappenedField({ label, ...rest }: Pick<Props, 'label' | 'value' | 'onChange' | 'className'>) {
  const t = useText();
  return <MomentField {...rest} label={label ?? t('ui.date.happened')} placeholder={t('ui.date.now')} clearable />;
}
