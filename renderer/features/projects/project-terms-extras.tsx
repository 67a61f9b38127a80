import { ActionIcon, Button, Checkbox, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { commissionAfterReturns } from '#shared/rules/pay.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { FieldRow } from '#renderer/ui/form.tsx';
import { MoneyField, readMoney } from '#renderer/ui/money-field.tsx';
import { readExtras, readWhole, type TermsExtras, type TypedBonus } from './terms-extras.ts';
import classes from './projects.module.css';

interface Props {
  extras: TermsExtras;
  onChange: (extras: TermsExtras) => void;
}

/** What was said beside the rate: for which tasks, bonuses, what returns cost, when pay is promised. */
export function TermsExtrasFields({ extras, onChange }: Props) {
  const t = useText();
  const { penalty, promise } = extras;
  return (
    <>
      <TextInput
        label={t('projects.terms.kind')}
        description={t('projects.terms.kindHint')}
        value={extras.taskKind}
        maxLength={200}
        onChange={(event) => onChange({ ...extras, taskKind: event.currentTarget.value })}
      />
      <Bonuses extras={extras} onChange={onChange} />
      <Checkbox
        label={t('projects.terms.penaltyOn')}
        checked={penalty.on}
        onChange={(event) => onChange({ ...extras, penalty: { ...penalty, on: event.currentTarget.checked } })}
      />
      {penalty.on && <Penalty extras={extras} onChange={onChange} />}
      <FieldRow>
        <SegmentedControl
          aria-label={t('projects.terms.promise')}
          data={[
            { value: '', label: t('projects.terms.promiseNone') },
            { value: 'month', label: t('projects.terms.promiseMonth') },
            { value: 'project', label: t('projects.terms.promiseProject') },
          ]}
          value={promise.after}
          onChange={(after) => onChange({ ...extras, promise: { ...promise, after: after as typeof promise.after } })}
        />
        {promise.after !== '' && (
          <TextInput
            className={classes.short}
            label={t('projects.terms.days')}
            inputMode="numeric"
            value={promise.days}
            error={readWhole(promise.days, 3650) === null ? t('projects.terms.wrongNumber') : undefined}
            onChange={(event) => onChange({ ...extras, promise: { ...promise, days: event.currentTarget.value } })}
          />
        )}
      </FieldRow>
    </>
  );
}

function Bonuses({ extras, onChange }: Props) {
  const t = useText();
  const { language } = useFormat();
  const { bonuses } = extras;
  const change = (key: number, part: Partial<TypedBonus>) =>
    onChange({ ...extras, bonuses: bonuses.map((bonus) => (bonus.key === key ? { ...bonus, ...part } : bonus)) });
  const add = () => {
    const key = Math.max(-1, ...bonuses.map((bonus) => bonus.key)) + 1;
    const amount = { typed: '', currency: language === 'zh-CN' ? 'CNY' : 'USD' };
    onChange({ ...extras, bonuses: [...bonuses, { key, name: '', amount, per: 'month', condition: '' }] });
  };
  return (
    <>
      {bonuses.map(({ key, name, amount, per, condition }) => (
        <div key={key} className={classes.form}>
          <FieldRow>
            <TextInput
              className={classes.grow}
              label={t('projects.terms.bonusName')}
              value={name}
              maxLength={200}
              onChange={(event) => change(key, { name: event.currentTarget.value })}
            />
            <MoneyField
              label={t('projects.terms.amount')}
              currencyLabel={t('projects.terms.currency')}
              value={amount}
              onChange={(next) => change(key, { amount: next })}
              error={readMoney(amount) === 'wrong' ? t('projects.terms.wrong') : undefined}
            />
            <Select
              className={classes.short}
              label={t('projects.terms.bonusPer')}
              data={(['month', 'week', 'day', 'once'] as const).map((value) => ({
                value,
                label: t(`projects.terms.bonusPers.${value}`),
              }))}
              value={per}
              onChange={(next) => next && change(key, { per: next as TypedBonus['per'] })}
            />
            <ActionIcon
              aria-label={t('projects.terms.dropBonus')}
              onClick={() => onChange({ ...extras, bonuses: bonuses.filter((bonus) => bonus.key !== key) })}
            >
              <IconX size={16} stroke={1.6} />
            </ActionIcon>
          </FieldRow>
          <TextInput
            label={t('projects.terms.condition')}
            value={condition}
            maxLength={4000}
            onChange={(event) => change(key, { condition: event.currentTarget.value })}
          />
        </div>
      ))}
      <div>
        <Button variant="subtle" size="xs" onClick={add}>
          {t('projects.terms.addBonus')}
        </Button>
      </div>
    </>
  );
}

/** Returns shown by the example: enough to see how a schedule runs. */
const shown = [1, 2, 3, 4];

function Penalty({ extras, onChange }: Props) {
  const t = useText();
  const { penalty } = extras;
  const change = (part: Partial<typeof penalty>) => onChange({ ...extras, penalty: { ...penalty, ...part } });
  const wrong = (typed: string) => (readWhole(typed, 100) === null ? t('projects.terms.wrongNumber') : undefined);
  const schedule = readExtras({ ...extras, bonuses: [], promise: { after: '', days: '' } })?.returnPenalty;
  const left = (returns: number) =>
    schedule ? commissionAfterReturns({ minor: 10_000, currency: 'XXX' }, returns, schedule).minor / 100 : 100;
  return (
    <>
      <FieldRow>
        {(['free', 'first', 'later'] as const).map((field) => (
          <TextInput
            key={field}
            className={classes.number}
            label={t(`projects.terms.${field}`)}
            inputMode="numeric"
            value={penalty[field]}
            error={wrong(penalty[field])}
            onChange={(event) => change({ [field]: event.currentTarget.value })}
          />
        ))}
        <SegmentedControl
          aria-label={t('projects.terms.how')}
          data={(['additive', 'compounding'] as const).map((value) => ({ value, label: t(`projects.terms.${value}`) }))}
          value={penalty.how}
          onChange={(how) => change({ how: how as typeof penalty.how })}
        />
      </FieldRow>
      {schedule && (
        <p className={classes.quiet}>
          {t('projects.terms.penaltyLine', { returns: shown.join(' / '), percents: shown.map(left).join(' / ') })}
        </p>
      )}
    </>
  );
}
