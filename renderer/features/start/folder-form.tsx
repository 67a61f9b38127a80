import { Button, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { FormActions } from '#renderer/ui/form.tsx';
import { MoneyField, readMoney, type TypedMoney } from '#renderer/ui/money-field.tsx';
import { PathField } from '#renderer/ui/path-picker.tsx';
import { drivingClasses, readLabelLines, withDrivingAttributes, writeLabelLines } from '#renderer/lib/label-lines.ts';
import type { FolderProject } from './use-folder-project.ts';
import classes from './start-page.module.css';

const occlusionLevels = ['visible', 'partial', 'severe', 'invisible'] as const;

interface Problems {
  folder?: string;
  name?: string;
  labels?: string;
  pay?: string;
}

/** Folder, name, labels and, if one likes, pay. */
export function FolderForm({ project, nothingFound }: { project: FolderProject; nothingFound: boolean }) {
  const t = useText();
  const { language } = useFormat();
  const [folder, setFolder] = useState(project.folder);
  const [name, setName] = useState<string | null>(null);
  const [labels, setLabels] = useState('');
  const [fromTemplate, setFromTemplate] = useState(false);
  const [pay, setPay] = useState<TypedMoney>({ typed: '', currency: language === 'zh-CN' ? 'CNY' : 'USD' });
  const [problems, setProblems] = useState<Problems>({});
  const shownName = name ?? lastPart(folder);

  const driving = () => {
    setFromTemplate(true);
    setLabels(writeLabelLines(drivingClasses.map(({ key, words }) => ({ key, name: t(`start.driving.${words}`) }))));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readLabelLines(labels);
    const payPerPiece = readMoney(pay);
    const found: Problems = {
      ...(folder.trim() === '' ? { folder: t('start.form.folderMissing') } : {}),
      ...(shownName.trim() === '' ? { name: t('start.form.nameMissing') } : {}),
      ...(read.ok ? {} : { labels: labelProblem(read) }),
      ...(payPerPiece === 'wrong' ? { pay: t('start.form.payWrong') } : {}),
    };
    setProblems(found);
    if (Object.keys(found).length > 0 || !read.ok || payPerPiece === 'wrong') return;
    void project.create({
      folder: folder.trim(),
      name: shownName.trim(),
      labels: fromTemplate ? withQuestions(read.labels) : read.labels,
      payPerPiece,
    });
  };
  const withQuestions = (typed: LabelSet) =>
    withDrivingAttributes(typed, {
      occlusion: t('start.drivingAttributes.occlusion'),
      occlusionLevels: occlusionLevels.map((level) => t(`start.drivingAttributes.${level}`)),
      pose: t('start.drivingAttributes.pose'),
      poses: [t('start.drivingAttributes.walking'), t('start.drivingAttributes.lying')],
      inChair: t('start.drivingAttributes.inChair'),
    });
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
        error={nothingFound ? t('start.import.none') : problems.folder}
      />
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
        <Button variant="subtle" size="xs" onClick={driving}>
          {t('start.form.driving')}
        </Button>
      </div>
      <MoneyField
        label={t('start.form.pay')}
        description={t('start.form.payHint')}
        currencyLabel={t('start.form.currency')}
        value={pay}
        onChange={setPay}
        error={problems.pay}
      />
      <FormActions>
        <Button type="submit">{t('start.form.submit')}</Button>
      </FormActions>
    </form>
  );
}

/** The name of a folder without the path to it. */
function lastPart(path: string): string {
  return path.split(/[/\\]/).filter(Boolean).at(-1) ?? '';
}
