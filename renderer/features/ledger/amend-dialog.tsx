import { Button, Checkbox, Modal, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useMemo, useState, type FormEvent } from 'react';
import type { EntryKind } from '#shared/domain/entry-kinds.ts';
import type { Json } from '#shared/domain/json.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { MomentField } from '#renderer/ui/date-field.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions } from '#renderer/ui/form.tsx';
import { amendFields, fromDraft, toDraft, type AmendField, type Draft } from './amend-fields.ts';
import type { EntryDetail } from './entry-detail.ts';
import { useFieldName, useValueText } from '#renderer/lib/entry-words.ts';
import { fromLocal, toLocal } from '#renderer/lib/local-time.ts';

interface Props {
  entry: EntryDetail;
  /** The kind whose values are given. */
  kind: EntryKind;
  onClose: () => void;
}

/** Writes an entry anew, with a reason; the one before stays in the ledger. */
export function AmendDialog({ entry, kind, onClose }: Props) {
  const t = useText();
  const fields = useMemo(() => amendFields(kind), [kind]);
  const effective = entry.effective ?? {};
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>(() =>
    Object.fromEntries(fields.map((field) => [field.name, toDraft(field, effective[field.name])])),
  );
  const [start, setStart] = useState(toLocal(entry.occurredStart));
  const [end, setEnd] = useState(entry.occurredEnd ? toLocal(entry.occurredEnd) : null);
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const correct = useCommand('ledger.correct');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const values: Record<string, Json> = {};
    const refused: string[] = [];
    for (const field of fields) {
      const value = fromDraft(field, drafts[field.name] ?? '');
      if (value.ok) values[field.name] = value.value;
      else refused.push(field.name);
    }
    setWrong(refused);
    if (refused.length > 0) return;
    const done = await correct.run({
      corrections: [
        {
          type: 'amend',
          entryId: entry.id,
          values,
          occurredStart: fromLocal(start, entry.occurredStart),
          occurredEnd: end === null || entry.occurredEnd === null ? null : fromLocal(end, entry.occurredEnd),
        },
      ],
      reason: reason.trim(),
    });
    if (done) onClose();
  };

  return (
    <Modal opened onClose={onClose} title={t('ledger.amend.title')} size={560} withCloseButton={false}>
      <form onSubmit={(event) => void submit(event)}>
        <Fields>
          <p>{t('ledger.amend.body')}</p>
          <FieldRow>
            <MomentField label={t('ledger.amend.start')} value={start} onChange={setStart} required />
            {end !== null && <MomentField label={t('ledger.amend.end')} value={end} onChange={setEnd} required />}
          </FieldRow>
          {fields.map((field) => (
            <FieldInput
              key={field.name}
              field={field}
              draft={drafts[field.name] ?? ''}
              wrong={wrong.includes(field.name)}
              onChange={(draft) => setDrafts({ ...drafts, [field.name]: draft })}
            />
          ))}
          <Textarea
            label={t('ui.confirm.reason')}
            description={t('ui.confirm.reasonHint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={20_000}
            required
          />
          <ErrorNotice error={correct.error} />
          <FormActions>
            <Button variant="default" onClick={onClose}>
              {t('ui.confirm.cancel')}
            </Button>
            <Button type="submit" loading={correct.running} disabled={reason.trim() === ''}>
              {t('ledger.amend.confirm')}
            </Button>
          </FormActions>
        </Fields>
      </form>
    </Modal>
  );
}

interface InputProps {
  field: AmendField;
  draft: Draft;
  wrong: boolean;
  onChange: (draft: Draft) => void;
}

function FieldInput({ field, draft, wrong, onChange }: InputProps) {
  const t = useText();
  const fieldName = useFieldName();
  const valueText = useValueText();
  const { input, nullable } = field;
  if (typeof draft === 'boolean') {
    return (
      <Checkbox
        label={fieldName(field.name)}
        checked={draft}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  const common = {
    label: fieldName(field.name),
    ...(nullable ? { placeholder: t('ui.field.optional') } : {}),
    ...(wrong ? { error: t('ledger.amend.wrong') } : {}),
  };
  switch (input.type) {
    case 'choice':
    case 'yes-no': {
      const options = input.type === 'choice' ? input.options : ['true', 'false'];
      const word = (option: string) =>
        input.type === 'choice' ? valueText(option) : option === 'true' ? t('ledger.yes') : t('ledger.no');
      return (
        <Select
          {...common}
          data={options.map((option) => ({ value: option, label: word(option) }))}
          value={draft === '' ? null : draft}
          onChange={(value) => onChange(value ?? '')}
          clearable={nullable}
        />
      );
    }
    case 'number':
      return (
        <NumberInput
          {...common}
          value={draft}
          allowDecimal={!input.integer}
          onChange={(value) => onChange(String(value))}
        />
      );
    case 'json':
      return (
        <Textarea
          {...common}
          description={t('ledger.amend.json')}
          value={draft}
          onChange={(event) => onChange(event.currentTarget.value)}
          autosize
          minRows={3}
          maxRows={14}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--cl-mono)', fontSize: 12 } }}
        />
      );
    default:
      return input.long ? (
        <Textarea
          {...common}
          value={draft}
          onChange={(event) => onChange(event.currentTarget.value)}
          autosize
          minRows={2}
          maxRows={10}
        />
      ) : (
        <TextInput {...common} value={draft} onChange={(event) => onChange(event.currentTarget.value)} />
      );
  }
}
