import { Button, Collapse, SegmentedControl, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { accuracyBar, type AccuracyBar, type PayRate, type PayTerms, type Project } from '#shared/domain/project.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { orNull } from '#renderer/lib/typed-text.ts';
import { DayField } from '#renderer/ui/date-field.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Facts, FieldRow, Fields, FormActions, Section } from '#renderer/ui/form.tsx';
import { MoneyField, readMoney, typeMoney, type TypedMoney } from '#renderer/ui/money-field.tsx';
import { TermsExtrasFields } from './project-terms-extras.tsx';
import { today, useRateText } from './project-words.ts';
import { readExtras, typeExtras } from './terms-extras.ts';
import classes from './projects.module.css';

const pers = ['piece', 'hour', 'day', 'none'] as const;

/** What is paid, from when on; the terms before stay to be seen. */
export function TermsSection({ project }: { project: Project }) {
  const t = useText();
  const format = useFormat();
  const termsText = useTermsText();
  return (
    <Section title={t('projects.terms.title')} lead={t('projects.terms.lead')}>
      {project.terms.length > 0 && (
        <Facts
          facts={project.terms.map((terms) => ({
            name: t('projects.from', { day: format.date(terms.effectiveFrom) }),
            value: termsText(terms),
          }))}
        />
      )}
      <TermsForm project={project} />
    </Section>
  );
}

/** All that terms say, in words. */
function useTermsText(): (terms: PayTerms) => string {
  const t = useText();
  const format = useFormat();
  const rateText = useRateText();
  return ({ rate, taskKind, bonuses, returnPenalty, promisedPayment, note }) =>
    [
      taskKind,
      rateText(rate),
      returnPenalty &&
        t('projects.terms.shortPenalty', {
          count: returnPenalty.free,
          formatted: format.number(returnPenalty.free, 0),
          first: returnPenalty.firstPercent,
          later: returnPenalty.laterPercent,
          how: t(`projects.terms.${returnPenalty.how}`),
        }),
      ...bonuses.map(({ name, amount, per, condition }) =>
        t(condition === '' ? 'projects.terms.shortBonus' : 'projects.terms.shortBonusIf', {
          name,
          per: t(`pay.bonusPer.${per}`),
          amount: format.money(amount),
          condition,
        }),
      ),
      promisedPayment &&
        t(`projects.terms.shortPromise.${promisedPayment.after}`, {
          count: promisedPayment.days,
          days: promisedPayment.days,
        }),
      note,
    ]
      .filter(Boolean)
      .join(' · ');
}

function TermsForm({ project }: { project: Project }) {
  const t = useText();
  const { language } = useFormat();
  // What is told for one kind of task alone says nothing of the others.
  const last = project.terms.findLast(({ taskKind }) => taskKind === null);
  const [per, setPer] = useState<PayRate['per']>(last?.rate.per ?? 'piece');
  const [amount, setAmount] = useState<TypedMoney>(
    last && last.rate.per !== 'none'
      ? typeMoney(last.rate.amount)
      : { typed: '', currency: language === 'zh-CN' ? 'CNY' : 'USD' },
  );
  const [from, setFrom] = useState(today());
  const [note, setNote] = useState('');
  const [extras, setExtras] = useState(() => typeExtras(last));
  const [more, setMore] = useState(false);
  const [wrong, setWrong] = useState(false);
  const set = useCommand('projects.setTerms');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const money = readMoney(amount);
    const refused = per !== 'none' && (money === 'wrong' || money === null);
    setWrong(refused);
    const said = readExtras(extras);
    if (said === null) setMore(true);
    if (refused || said === null) return;
    const rate = per === 'none' ? { per } : { per, amount: money as Exclude<typeof money, 'wrong' | null> };
    await set.run({ projectId: project.id, terms: { effectiveFrom: from, rate, note: orNull(note), ...said } });
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Fields>
        <SegmentedControl
          aria-label={t('projects.terms.per')}
          data={pers.map((value) => ({ value, label: t(`projects.per.${value}`) }))}
          value={per}
          onChange={(value) => setPer(value as PayRate['per'])}
        />
        {per !== 'none' && (
          <MoneyField
            label={t('projects.terms.amount')}
            currencyLabel={t('projects.terms.currency')}
            value={amount}
            onChange={setAmount}
            error={wrong ? t('projects.terms.wrong') : undefined}
          />
        )}
        <FieldRow>
          <DayField label={t('projects.terms.from')} value={from} onChange={setFrom} required />
          <TextInput
            className={classes.grow}
            label={t('projects.fields.note')}
            value={note}
            maxLength={4000}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </FieldRow>
        <div>
          <Button variant="subtle" size="xs" aria-expanded={more} onClick={() => setMore(!more)}>
            {t('projects.terms.more')}
          </Button>
        </div>
        <Collapse expanded={more}>
          <Fields>
            <TermsExtrasFields extras={extras} onChange={setExtras} />
          </Fields>
        </Collapse>
        {readExtras(extras) === null && more && <p className={classes.quiet}>{t('projects.terms.wrongBonus')}</p>}
        <ErrorNotice error={set.error} />
        <FormActions>
          <Button type="submit" variant="default" loading={set.running}>
            {t('projects.terms.set')}
          </Button>
        </FormActions>
      </Fields>
    </form>
  );
}

/** How accurate the work must be. */
export function BarSection({ project }: { project: Project }) {
  const t = useText();
  const format = useFormat();
  const bar = project.bars.at(-1)?.bar;
  const [operator, setOperator] = useState<AccuracyBar['operator']>(bar?.operator ?? 'at-least');
  const [percent, setPercent] = useState(bar?.percent ?? '95');
  const [measuredBy, setMeasuredBy] = useState(bar?.measuredBy ?? '');
  const [from, setFrom] = useState(today());
  const set = useCommand('projects.setBar');
  const read = accuracyBar.safeParse({ operator, percent: percent.trim(), measuredBy: orNull(measuredBy) });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (read.success) await set.run({ projectId: project.id, effectiveFrom: from, bar: read.data });
  };
  return (
    <Section title={t('projects.bar.title')} lead={t('projects.bar.lead')}>
      {project.bars.length > 0 && (
        <Facts
          facts={project.bars.map(({ effectiveFrom, bar: each }) => ({
            name: t('projects.from', { day: format.date(effectiveFrom) }),
            value: [t(`projects.bar.short.${each.operator}`, { percent: each.percent }), each.measuredBy]
              .filter(Boolean)
              .join(' · '),
          }))}
        />
      )}
      <form onSubmit={(event) => void submit(event)}>
        <Fields>
          <FieldRow>
            <SegmentedControl
              aria-label={t('projects.bar.operator')}
              data={(['at-least', 'over'] as const).map((value) => ({ value, label: t(`projects.bar.${value}`) }))}
              value={operator}
              onChange={(value) => setOperator(value as AccuracyBar['operator'])}
            />
            <TextInput
              className={classes.short}
              label={t('projects.bar.percent')}
              value={percent}
              inputMode="decimal"
              error={read.success ? undefined : t('projects.bar.wrong')}
              onChange={(event) => setPercent(event.currentTarget.value)}
            />
            <DayField label={t('projects.terms.from')} value={from} onChange={setFrom} required />
          </FieldRow>
          <TextInput
            label={t('projects.bar.measuredBy')}
            value={measuredBy}
            maxLength={4000}
            onChange={(event) => setMeasuredBy(event.currentTarget.value)}
          />
          <ErrorNotice error={set.error} />
          <FormActions>
            <Button type="submit" variant="default" loading={set.running} disabled={!read.success}>
              {t('projects.bar.set')}
            </Button>
          </FormActions>
        </Fields>
      </form>
    </Section>
  );
}
