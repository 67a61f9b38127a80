import { MultiSelect } from '@mantine/core';
import type { Shape } from '#shared/domain/annotation.ts';
import type { SubmissionId } from '#shared/domain/ids.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';

interface Props {
  submissionId: SubmissionId;
  value: Shape['id'][];
  onChange: (value: Shape['id'][]) => void;
}

/** Which objects of the sealed annotation a return names, by number in drawing order and class. */
export function ObjectsField({ submissionId, value, onChange }: Props) {
  const t = useText();
  const format = useFormat();
  const shapes = useQuery('submissions.get', { submissionId }).data?.annotation?.shapes ?? [];
  if (shapes.length === 0) return null;
  return (
    <MultiSelect
      label={t('returns.fields.objects')}
      data={shapes.map(({ id, label }, i) => ({
        value: id,
        label: `${format.number(i + 1)} · ${label ?? t('returns.change.noClass')}`,
      }))}
      value={value}
      onChange={(ids) => onChange(ids as Shape['id'][])}
      searchable
      clearable
      maxDropdownHeight={240}
    />
  );
}
