import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { entryKinds, type EntryKind } from '#shared/domain/entry-kinds.ts';
import type { Json } from '#shared/domain/json.ts';
import { fieldsInPlace } from '#shared/rules/entry-fields.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { Facts } from '#renderer/ui/form.tsx';
import { HashText } from '#renderer/ui/hash-text.tsx';
import { effectiveKind, type EntryDetail } from './entry-detail.ts';
import { useFieldName, useFieldValueText } from '#renderer/lib/entry-words.ts';
import classes from './ledger.module.css';

/** The body as written in this entry, field by field. */
export function EntryFields({ entry }: { entry: EntryDetail }) {
  const t = useText();
  const fieldName = useFieldName();
  if (entry.fields.length === 0) return <p className={classes.quiet}>{t('ledger.noFields')}</p>;
  return (
    <Facts
      facts={fieldsInPlace(effectiveKind(entry), inOrder(entry)).map((field) => ({
        name: fieldName(field.name),
        value: field.erased ? (
          <span className={classes.erased}>{t('ledger.erased')}</span>
        ) : (
          <FieldValue name={field.name} value={field.value} refusals={entry.refusals} />
        ),
      }))}
    />
  );
}

/** Fields in the order their kind declares them, which is the order one reads them in; the ledger has them by name. */
function inOrder(entry: EntryDetail): EntryDetail['fields'] {
  const kind = effectiveKind(entry);
  const declared = Object.hasOwn(entryKinds, kind) ? Object.keys(entryKinds[kind as EntryKind].body.shape) : [];
  const place = (name: string) => (declared.indexOf(name) + declared.length + 1) % (declared.length + 1);
  return entry.fields.toSorted((a, b) => place(a.name) - place(b.name));
}

const isHash = (value: Json) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isId = (value: Json) => typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(value);

function FieldValue({ name, value, refusals }: { name: string; value: Json } & Pick<EntryDetail, 'refusals'>) {
  const words = useFieldValueText(refusals);
  if (typeof value === 'string' && (isHash(value) || isId(value))) return <HashText value={value} short={18} />;
  const line = words(name, value);
  if (line !== null) return <span className={classes.value}>{line}</span>;
  return <JsonValue value={value} />;
}

/** What no line can say: folded JSON. */
function JsonValue({ value }: { value: Json }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const count = Array.isArray(value) ? value.length : Object.keys(value as object).length;
  return (
    <>
      <UnstyledButton className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('ledger.parts', { count })}
      </UnstyledButton>
      {open && <pre className={classes.json}>{JSON.stringify(value, null, 2)}</pre>}
    </>
  );
}
