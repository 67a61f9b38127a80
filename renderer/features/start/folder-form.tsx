import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useId, useState, type FormEvent } from 'react';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { FormActions } from '#renderer/ui/form.tsx';
import { MoneyField, readMoney, type TypedMoney } from '#renderer/ui/money-field.tsx';
import { PathField } from '#renderer/ui/path-picker.tsx';
import { readLabelLines, writeLabelLines } from '#renderer/lib/label-lines.ts';
import { type FolderKind, useFolderKind } from './use-folder-kind.ts';
import type { FolderProject } from './use-folder-project.ts';
import { type Template, useTemplates } from './use-templates.ts';
import classes from './start-page.module.css';

interface Problems {
  folder?: string;
  kind?: string;
  name?: string;
  labels?: string;
  pay?: string;
}

/** Folder, what is in it, name, labels and, if one likes, pay. */
export function FolderForm({ project, nothingFound }: { project: FolderProject; nothingFound: boolean }) {
  const t = useText();
  const { language } = useFormat();
  const templates = useTemplates();
  const [folder, setFolder] = useState(project.folder);
  const [chosen, setChosen] = useState<FolderKind | null>(null);
  const [name, setName] = useState<string | null>(null);
  const [labels, setLabels] = useState('');
  const [template, setTemplate] = useState<Template | null>(null);
  const [pay, setPay] = useState<TypedMoney>({ typed: '', currency: language === 'zh-CN' ? 'CNY' : 'USD' });
  const [problems, setProblems] = useState<Problems>({});
  const shownName = name ?? lastPart(folder);
  const found = useFolderKind(folder);
  // A folder of folders says nothing of what is in them; photos are taken until one says otherwise.
  const kind = chosen ?? (found.kind === 'both' ? null : (found.kind ?? 'image'));
  const words = kind ?? 'either';

  const take = (taken: Template) => {
    setTemplate(taken);
    setLabels(writeLabelLines(taken.labels));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readLabelLines(labels);
    const payPerPiece = readMoney(pay);
    const wrong: Problems = {
      ...(folder.trim() === '' ? { folder: t('start.form.folderMissing') } : {}),
      ...(kind === null ? { kind: t('start.form.kindMissing') } : {}),
      ...(shownName.trim() === '' ? { name: t('start.form.nameMissing') } : {}),
      ...(read.ok ? {} : { labels: labelProblem(read) }),
      ...(payPerPiece === 'wrong' ? { pay: t('start.form.payWrong') } : {}),
    };
    setProblems(wrong);
    if (Object.keys(wrong).length > 0 || !read.ok || payPerPiece === 'wrong' || kind === null) return;
    void project.create({
      folder: folder.trim(),
      modality: kind,
      name: shownName.trim(),
      labels: template?.complete(read.labels) ?? read.labels,
      guideline: template?.guideline ?? null,
      payPerPiece,
    });
  };
  const labelProblem = ({ problem, key }: { problem: 'twice' | 'long'; key: string }) =>
    problem === 'twice' ? t('start.form.labelTwice', { key }) : t('start.form.labelLong', { key });

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <PathField
        label={t('start.form.folder')}
        description={t('start.form.folderHint')}
        value={folder}
        onChange={setFolder}
        options={{ mode: 'folder', title: t('start.form.folder') }}
        error={nothingFound ? t(`start.import.none.${project.modality}`) : problems.folder}
      />
      {(found.kind !== null || chosen !== null || nothingFound) && (
        <KindField kind={kind} onChange={setChosen} found={found} error={problems.kind} />
      )}
      <TextInput
        label={t('start.form.name')}
        value={shownName}
        maxLength={200}
        error={problems.name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className={classes.labels}>
        <Textarea
          label={t('start.form.labels')}
          description={t('start.form.labelsHint')}
          value={labels}
          error={problems.labels}
          minRows={4}
          maxRows={12}
          spellCheck={false}
          onChange={(event) => setLabels(event.currentTarget.value)}
        />
        {kind !== 'audio' && (
          <Button variant="subtle" size="xs" onClick={() => take(templates.driving())}>
            {t('start.form.driving')}
          </Button>
        )}
        {kind !== 'image' && (
          <Button variant="subtle" size="xs" onClick={() => take(templates.speech())}>
            {t('start.form.speech')}
          </Button>
        )}
        {template?.guideline && <p className={classes.hint}>{t('start.form.speechRules')}</p>}
      </div>
      <MoneyField
        label={t(`start.form.pay.${words}`)}
        description={t('start.form.payHint')}
        currencyLabel={t('start.form.currency')}
        value={pay}
        onChange={setPay}
        error={problems.pay}
      />
      <FormActions>
        <Button type="submit">{t(`start.form.submit.${words}`)}</Button>
      </FormActions>
    </form>
  );
}

interface KindFieldProps {
  kind: FolderKind | null;
  onChange: (kind: FolderKind) => void;
  found: ReturnType<typeof useFolderKind>;
  error: string | undefined;
}

/** What is to be worked on: told by what lies in the folder, asked where both do. */
function KindField({ kind, onChange, found, error }: KindFieldProps) {
  const t = useText();
  const format = useFormat();
  const label = useId();
  const { photos, recordings } = found;
  const counts = {
    photos: t('start.form.photosFound', { count: photos, formatted: format.number(photos, 0) }),
    recordings: t('start.form.recordingsFound', { count: recordings, formatted: format.number(recordings, 0) }),
  };
  const told =
    found.kind === 'both'
      ? t('start.form.both', counts)
      : found.kind === null
        ? null
        : counts[found.kind === 'audio' ? 'recordings' : 'photos'];
  return (
    <div className={classes.kind} role="group" aria-labelledby={label}>
      <span id={label} className={classes.fieldLabel}>
        {t('start.form.kind')}
      </span>
      <SegmentedControl
        aria-labelledby={label}
        data={(['image', 'audio'] as const).map((value) => ({ value, label: t(`start.form.kinds.${value}`) }))}
        value={kind ?? ''}
        onChange={(value) => onChange(value as FolderKind)}
      />
      {told !== null && <span className={classes.hint}>{told}</span>}
      {error !== undefined && (
        <span className={classes.wrong} role="alert">
          {error}
        </span>
      )}
    </div>
  );
}

/** The name of a folder without the path to it. */
function lastPart(path: string): string {
  return path.split(/[/\\]/).filter(Boolean).at(-1) ?? '';
}
