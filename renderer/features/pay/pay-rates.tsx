import { Button, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { usualCurrencies } from '#renderer/lib/money-input.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { DayField } from '#renderer/ui/date-field.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow } from '#renderer/ui/form.tsx';
import { localToday } from './pay-period.ts';
import classes from './pay.module.css';

/** Exchange rates, as their owner entered them: none is built in, and none is fetched. */
export function RatesPart() {
  const t = useText();
  const format = useFormat();
  const found = useQuery('exchangeRates.list', {});
  const rates = found.data?.rates ?? [];
  return (
    <section className={classes.part} aria-label={t('pay.rates.title')}>
      <div className={classes.partHead}>
        <h2>{t('pay.rates.title')}</h2>
        <span className={classes.small}>{t('pay.rates.lead')}</span>
      </div>
      <ErrorNotice error={found.error} onAgain={found.refetch} />
      {rates.length > 0 && (
        <ul className={classes.notes}>
          {rates.slice(0, 20).map((rate) => (
            <li key={rate.id}>
              {t('pay.rates.line', {
                day: format.date(rate.effectiveFrom),
                from: rate.from,
                rate: rate.rate,
                to: rate.to,
              })}{' '}
              <Button size="compact-xs" variant="subtle" onClick={() => navigate('ledger', { entryId: rate.entryId })}>
                {t('pay.open')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <RateForm />
    </section>
  );
}

function RateForm() {
  const t = useText();
  const [from, setFrom] = useState('USD');
  const [to, setTo] = useState('CNY');
  const [rate, setRate] = useState('');
  const [day, setDay] = useState(localToday());
  const [tried, setTried] = useState(false);
  const set = useCommand('exchangeRates.set');
  const plain = rate.normalize('NFKC').trim();
  const right = /^\d{1,9}(\.\d{1,12})?$/.test(plain) && /[1-9]/.test(plain);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!right || from === to) return;
    if (await set.run({ from, to, rate: plain, effectiveFrom: day, note: null })) {
      setRate('');
      setTried(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <FieldRow>
        <Select
          className={classes.day}
          label={t('pay.rates.one')}
          data={[...usualCurrencies]}
          value={from}
          onChange={(value) => value && setFrom(value)}
          searchable
        />
        <TextInput
          className={classes.day}
          label={t('pay.rates.is')}
          inputMode="decimal"
          value={rate}
          error={tried && !right ? t('pay.rates.wrong') : undefined}
          onChange={(event) => setRate(event.currentTarget.value)}
        />
        <Select
          className={classes.day}
          label={t('pay.rates.of')}
          data={[...usualCurrencies]}
          value={to}
          error={from === to ? t('pay.rates.same') : undefined}
          onChange={(value) => value && setTo(value)}
          searchable
        />
        <DayField className={classes.day} label={t('pay.rates.from')} value={day} onChange={setDay} required />
        <Button type="submit" variant="default" loading={set.running}>
          {t('pay.rates.set')}
        </Button>
      </FieldRow>
      <ErrorNotice error={set.error} />
    </form>
  );
}
