import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Input, Output } from '#shared/contract/contract.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { DayField } from '#renderer/ui/date-field.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Fields, FormActions } from '#renderer/ui/form.tsx';
import { MoneyField, readMoney, typeMoney } from '#renderer/ui/money-field.tsx';
import { localToday, momentOf } from './pay-period.ts';
import classes from './pay.module.css';

type Claim = Output<'claims.list'>['claims'][number];

/** Money held to be owed: how much, for what, and for how many days by now. */
export function ClaimsPart() {
  const t = useText();
  const format = useFormat();
  const found = useQuery('claims.list', { limit: 100 });
  const [closing, setClosing] = useState<Claim | null>(null);
  const claims = found.data?.claims ?? [];
  if (claims.length === 0) return <ErrorNotice error={found.error} onAgain={found.refetch} />;
  return (
    <section className={classes.part} aria-label={t('pay.claims.title')}>
      <div className={classes.partHead}>
        <h2>{t('pay.claims.title')}</h2>
      </div>
      <div className={classes.wide}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('pay.claims.whatFor')}</th>
              <th scope="col" className={classes.amount}>
                {t('pay.columns.amount')}
              </th>
              <th scope="col">{t('pay.columns.project')}</th>
              <th scope="col">{t('pay.claims.age')}</th>
              <th scope="col">{t('pay.claims.state')}</th>
              <th scope="col" className={classes.onScreen}>
                <span className={classes.none}>{t('pay.columns.entry')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {claims.map((claim) => (
              <tr key={claim.id}>
                <td className={classes.words}>{claim.whatFor}</td>
                <td className={classes.amount}>{claim.amount ? format.money(claim.amount) : t('pay.nothing')}</td>
                <td>{claim.projectName ?? ''}</td>
                <td className={claim.closed ? undefined : classes.look}>
                  {t('pay.claims.days', { count: claim.ageDays })}
                </td>
                <td>
                  {claim.closed?.outcome ? t(`pay.claims.outcomes.${claim.closed.outcome}`) : t('pay.claims.isOpen')}
                  {claim.closed?.amount && ` · ${format.money(claim.closed.amount)}`}
                </td>
                <td className={classes.onScreen}>
                  {!claim.closed && (
                    <Button size="compact-xs" variant="default" onClick={() => setClosing(claim)}>
                      {t('pay.claims.close')}
                    </Button>
                  )}{' '}
                  <Button size="compact-xs" variant="subtle" onClick={() => navigate('ledger', { subject: claim.id })}>
                    {t('pay.open')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {closing && <CloseDialog claim={closing} onClose={() => setClosing(null)} />}
    </section>
  );
}

const outcomes = ['paid', 'paid-in-part', 'refused', 'given-up'] as const;

/** How a claim ended. Money that came with it is recorded as received by itself, so that it counts in its period. */
function CloseDialog({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const t = useText();
  const { language } = useFormat();
  const [outcome, setOutcome] = useState<Input<'claims.close'>['outcome']>('paid');
  const [amount, setAmount] = useState(
    claim.amount ? typeMoney(claim.amount) : { typed: '', currency: language === 'zh-CN' ? 'CNY' : 'USD' },
  );
  const [note, setNote] = useState('');
  const [day, setDay] = useState(localToday());
  const close = useCommand('claims.close');
  const money = readMoney(amount);
  const gotSome = outcome === 'paid' || outcome === 'paid-in-part';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (money === 'wrong') return;
    const done = await close.run({
      claimId: claim.id,
      outcome,
      amount: gotSome ? money : null,
      note: note.trim() === '' ? null : note.trim(),
      closedAt: momentOf(day),
    });
    if (done) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('pay.claims.closeTitle')} withCloseButton={false}>
      <form onSubmit={(event) => void submit(event)}>
        <Fields>
          <Select
            data-autofocus
            label={t('pay.claims.outcome')}
            data={outcomes.map((value) => ({ value, label: t(`pay.claims.outcomes.${value}`) }))}
            value={outcome}
            onChange={(value) => value && setOutcome(value as typeof outcome)}
          />
          {gotSome && (
            <MoneyField
              label={t('pay.claims.got')}
              currencyLabel={t('pay.new.currency')}
              description={t('pay.claims.gotHint')}
              value={amount}
              onChange={setAmount}
              error={money === 'wrong' ? t('pay.new.wrong') : undefined}
            />
          )}
          <DayField label={t('pay.new.day')} value={day} onChange={setDay} required />
          <TextInput label={t('pay.new.note')} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          <ErrorNotice error={close.error} />
          <FormActions>
            <Button variant="default" onClick={onClose}>
              {t('ui.confirm.cancel')}
            </Button>
            <Button type="submit" loading={close.running}>
              {t('pay.claims.close')}
            </Button>
          </FormActions>
        </Fields>
      </form>
    </Modal>
  );
}
