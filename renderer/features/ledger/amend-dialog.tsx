import { Button, Checkbox, Modal, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useMemo, useState, type FormEvent } from 'react';
import { blobRef, type BlobRef } from '#shared/domain/blob.ts';
import type { EntryKind } from '#shared/domain/entry-kinds.ts';
import type { Json } from '#shared/domain/json.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { DayField, MomentField } from '#renderer/ui/date-field.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions } from '#renderer/ui/form.tsx';
import { KeptFiles } from '#renderer/ui/kept-files.tsx';
import { MoneyField } from '#renderer/ui/money-field.tsx';
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
  const { language } = useFormat();
  const currency = language === 'zh-CN' ? 'CNY' : 'USD';
  const fields = useMemo(() => amendFields(kind), [kind]);
  const effective = entry.effective ?? {};
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>(() =>
    Object.fromEntries(fields.map((field) => [field.name, toDraft(field, effective[field.name], currency)])),
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
      const value = fromDraft(field, drafts[field.name] ?? '', effective[field.name]);
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

  const inputFor = (field: AmendField) => (
    <FieldInput
      key={field.name}
      field={field}
      draft={drafts[field.name] ?? ''}
      wrong={wrong.includes(field.name)}
      onChange={(draft) => setDrafts({ ...drafts, [field.name]: draft })}
    />
  );
  const structures = fields.filter(isStructure);
  return (
    <Modal opened onClose={onClose} title={t('ledger.amend.title')} size={560} withCloseButton={false}>
      <form onSubmit={(event) => void submit(event)}>
        <Fields>
          <p>{t('ledger.amend.body')}</p>
          <FieldRow>
            <MomentField label={t('ledger.amend.start')} value={start} onChange={setStart} required />
            {end !== null && <MomentField label={t('ledger.amend.end')} value={end} onChange={setEnd} required />}
          </FieldRow>
          {fields.filter((field) => !isStructure(field)).map(inputFor)}
          <KeptFiles files={filesOf(effective['attachments'])} />
          {structures.length > 0 && (
            <details open={structures.some(({ name }) => wrong.includes(name)) || undefined}>
              <summary>{t('ledger.amend.structures')}</summary>
              <Fields>{structures.map(inputFor)}</Fields>
            </details>
          )}
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

/** Written as JSON, which few can: below the rest. */
const isStructure = ({ input }: AmendField) => input.type === 'json';

const filesOf = (value: Json | undefined): readonly BlobRef[] => {
  const read = blobRef.array().safeParse(value);
  return read.success ? read.data : [];
};

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
  const label = fieldName(field.name);
  if (typeof draft === 'object') {
    return (
      <MoneyField
        label={label}
        currencyLabel={t('ledger.amend.currency')}
        value={draft}
        onChange={onChange}
        error={wrong ? t('ledger.amend.wrong') : undefined}
      />
    );
  }
  const common = {
    label,
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
    case 'minutes':
      return (
        <NumberInput
          {...common}
          value={draft}
          min={0}
          rightSection={<span aria-hidden>{t('ledger.amend.minutes')}</span>}
          onChange={(value) => onChange(String(value))}
        />
      );
    case 'day':
      return <DayField label={label} value={draft} onChange={onChange} clearable={nullable} required={!nullable} />;
    case 'moment':
      return <MomentField label={label} value={draft} onChange={onChange} clearable={nullable} required={!nullable} />;
    case 'project':
      return <ProjectField label={label} value={draft} nullable={nullable} onChange={onChange} />;
    case 'lines':
      return (
        <Textarea
          {...common}
          description={t('ledger.amend.lines')}
          value={draft}
          onChange={(event) => onChange(event.currentTarget.value)}
          autosize
          minRows={1}
          maxRows={8}
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
    // Its draft is an amount, which was asked for above.
    case 'money':
    // Files are shown below all.
    case 'files':
      return null;
    case 'text':
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

interface ProjectProps {
  label: string;
  value: string;
  nullable: boolean;
  onChange: (value: string) => void;
}

/** A project by its name, archived ones too: old entries are amended as well. */
function ProjectField({ label, value, nullable, onChange }: ProjectProps) {
  const projects = useQuery('projects.list', { archived: true }, { topics: ['projects'] }).data?.projects ?? [];
  return (
    <Select
      label={label}
      data={projects.map(({ id, name }) => ({ value: id as string, label: name }))}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
      openOnFocus={false}
      searchable
      clearable={nullable}
      allowDeselect={false}
    />
  );
}
