import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { toClientError, type ClientError } from '#renderer/client/client-error.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Facts } from '#renderer/ui/form.tsx';
import { CopyButton, HashText } from '#renderer/ui/hash-text.tsx';
import type { EntryDetail } from './entry-detail.ts';
import { useFieldName } from '#renderer/lib/entry-words.ts';
import classes from './ledger.module.css';

/** The hashes of an entry, and evidence of it with only the fields the worker chooses to show. */
export function EntryProof({ entry }: { entry: EntryDetail }) {
  const t = useText();
  return (
    <div className={classes.proof}>
      <Facts
        facts={[
          { name: t('ledger.proof.leafHash'), value: <HashText value={entry.leafHash} short={24} /> },
          { name: t('ledger.proof.bodyRoot'), value: <HashText value={entry.bodyRoot} short={24} /> },
          { name: t('ledger.proof.id'), value: <HashText value={entry.id} /> },
        ]}
      />
      <details className={classes.header}>
        <summary>{t('ledger.proof.header')}</summary>
        <pre className={classes.json}>{entry.header}</pre>
      </details>
      <Evidence entry={entry} />
    </div>
  );
}

function Evidence({ entry }: { entry: EntryDetail }) {
  const t = useText();
  const client = useClient();
  const fieldName = useFieldName();
  const [shown, setShown] = useState<readonly string[]>([]);
  const [proof, setProof] = useState<Output<'ledger.prove'> | null>(null);
  const [error, setError] = useState<ClientError | undefined>();
  const there = entry.fields.filter((field) => !field.erased);

  const toggle = (name: string, on: boolean) => {
    setShown(on ? [...shown, name] : shown.filter((other) => other !== name));
    setProof(null);
  };
  const make = async () => {
    setError(undefined);
    try {
      setProof(await client.call('ledger.prove', { id: entry.id, fields: [...shown] }));
    } catch (thrown) {
      setError(toClientError(thrown, 'ledger.prove'));
    }
  };
  return (
    <section className={classes.evidence}>
      <h3>{t('ledger.proof.title')}</h3>
      <p className={classes.quiet}>{t('ledger.proof.lead')}</p>
      {there.length > 0 && (
        <fieldset className={classes.choices}>
          <legend>{t('ledger.proof.show')}</legend>
          {there.map((field) => (
            <Checkbox
              key={field.name}
              size="xs"
              label={fieldName(field.name)}
              checked={shown.includes(field.name)}
              onChange={(event) => toggle(field.name, event.currentTarget.checked)}
            />
          ))}
        </fieldset>
      )}
      <Button className={classes.start} onClick={() => void make()}>
        {t('ledger.proof.make')}
      </Button>
      <ErrorNotice error={error} />
      {proof && <Proof entry={entry} proof={proof} />}
    </section>
  );
}

function Proof({ entry, proof }: { entry: EntryDetail; proof: Output<'ledger.prove'> }) {
  const t = useText();
  const format = useFormat();
  const text = JSON.stringify(proof.bundle, null, 2);
  return (
    <output className={classes.result}>
      <p data-good={proof.verified || undefined}>
        {proof.verified
          ? t('ledger.proof.verified', { count: proof.checkpoint.size, size: format.number(proof.checkpoint.size) })
          : t('ledger.proof.notVerified')}
      </p>
      <div className={classes.noteHead}>
        <span>{t('ledger.proof.checkpoint')}</span>
        <CopyButton value={proof.checkpoint.note} />
      </div>
      <pre className={classes.json}>{proof.checkpoint.note}</pre>
      <div className={classes.noteHead}>
        <span>{t('ledger.proof.bundle')}</span>
        <CopyButton value={text} />
        <Button
          size="xs"
          variant="default"
          component="a"
          href={`data:application/json;charset=utf-8,${encodeURIComponent(text)}`}
          download={`counterledger-proof-${entry.seq}.json`}
        >
          {t('ledger.proof.save')}
        </Button>
      </div>
    </output>
  );
}
