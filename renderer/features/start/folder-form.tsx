import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useId, useRef, useState, type FormEvent } from 'react';
import { useClient } from '#renderer/client/client-context.tsx';
import { toClientError } from '#renderer/client/client-error.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { FormActions } from '#renderer/ui/form.tsx';
import { MoneyField, readMoney, type TypedMoney } from '#renderer/ui/money-field.tsx';
import { PathField } from '#renderer/ui/path-picker.tsx';
import { useFocusWrong } from '#renderer/lib/focus-wrong.ts';
import { lastName } from '#renderer/lib/path-name.ts';
import { readLabelLines, writeLabelLines } from '#renderer/lib/label-lines.ts';
import { canBegin, FolderProblem, type Looked } from './folder-problem.tsx';
import { type FolderKind, kindOf, type Survey, useFolderSurvey } from './use-folder-survey.ts';
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
  const [looked, setLooked] = useState<Looked | null>(null);
  const looking = useRef(false);
  const [tries, setTries] = useState(0);
  const form = useFocusWrong(tries + project.failures);
  const client = useClient();
  const shownName = name ?? lastName(folder);
  const survey = useFolderSurvey(folder);
  // Photos are taken until one says otherwise, or until it is seen what lies there.
  const meant = (seen: Survey | undefined): FolderKind | null => {
    const told = (seen && kindOf(seen)) ?? 'image';
    return chosen ?? (told === 'both' ? null : told);
  };
  const kind = meant(survey);
  const words = kind ?? 'either';

  const changeFolder = (path: string) => {
    setFolder(path);
    setLooked(null);
  };
  const take = (taken: Template) => {
    setTemplate(taken);
    setLabels(writeLabelLines(taken.labels));
  };
  const chooseKind = (other: FolderKind) => {
    setChosen(other);
    setLooked(null);
  };
  const takeRemedy = (other: FolderKind) => {
    chooseKind(other);
    form.current?.querySelector('input')?.focus();
  };
  /** Looks into the folder, and only where something can be worked on goes on to make the project. */
  const lookAndCreate = async () => {
    const path = folder.trim();
    const found = path === '' ? null : await client.call('files.survey', { path }).catch(refused);
    const at = meant(found && !('code' in found) ? found : undefined);
    const now = found && at && { folder: path, kind: at, found };
    setLooked(now);
    const read = readLabelLines(labels);
    const payPerPiece = readMoney(pay);
    const wrong: Problems = {
      ...(path === '' ? { folder: t('start.form.folderMissing') } : {}),
      ...(at === null ? { kind: t('start.form.kindMissing') } : {}),
      ...(shownName.trim() === '' ? { name: t('start.form.nameMissing') } : {}),
      ...(read.ok ? {} : { labels: labelProblem(read) }),
      ...(payPerPiece === 'wrong' ? { pay: t('start.form.payWrong') } : {}),
    };
    setProblems(wrong);
    if (Object.keys(wrong).length > 0 || !read.ok || payPerPiece === 'wrong' || now === null || !canBegin(now)) {
      setTries((count) => count + 1);
      return;
    }
    await project.create({
      folder: path,
      modality: now.kind,
      name: shownName.trim(),
      labels: template?.complete(read.labels) ?? read.labels,
      guideline: template?.guideline ?? null,
      payPerPiece,
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The second of two quick presses finds the first still looking.
    if (looking.current) return;
    looking.current = true;
    void lookAndCreate().finally(() => (looking.current = false));
  };
  const labelProblem = ({ problem, key }: { problem: 'twice' | 'long'; key: string }) =>
    problem === 'twice' ? t('start.form.labelTwice', { key }) : t('start.form.labelLong', { key });

  const folderProblem =
    problems.folder ??
    (looked && !canBegin(looked) ? <FolderProblem looked={looked} onKind={takeRemedy} /> : undefined) ??
    (nothingFound ? t(`start.import.none.${project.modality}`) : undefined);

  return (
    <form ref={form} className={classes.form} onSubmit={submit} noValidate>
      <PathField
        label={t('start.form.folder')}
        description={t('start.form.folderHint')}
        value={folder}
        onChange={changeFolder}
        options={{ mode: 'folder', title: t('start.form.folder') }}
        error={folderProblem}
        required
      />
      {((survey && kindOf(survey) !== null) || chosen !== null || nothingFound) && (
        <KindField kind={kind} onChange={chooseKind} found={survey} error={problems.kind} />
      )}
      <TextInput
        label={t('start.form.name')}
        value={shownName}
        maxLength={200}
        error={problems.name}
        required
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
  found: Survey | undefined;
  error: string | undefined;
}

/** What is to be worked on: told by what lies in the folder, asked where both do. */
function KindField({ kind, onChange, found, error }: KindFieldProps) {
  const t = useText();
  const format = useFormat();
  const label = useId();
  const { photos = 0, recordings = 0 } = found ?? {};
  const counts = {
    photos: t('start.form.photosFound', { count: photos, formatted: format.number(photos, 0) }),
    recordings: t('start.form.recordingsFound', { count: recordings, formatted: format.number(recordings, 0) }),
  };
  const told = found && kindOf(found);
  const words = told && { image: counts.photos, audio: counts.recordings, both: t('start.form.both', counts) }[told];
  const some = found?.cut === true && told !== 'both';
  return (
    <div className={classes.kind} role="group" aria-labelledby={label} data-wrong={error !== undefined || undefined}>
      <span id={label} className={classes.fieldLabel}>
        {t('start.form.kind')}
      </span>
      <SegmentedControl
        aria-labelledby={label}
        data={(['image', 'audio'] as const).map((value) => ({ value, label: t(`start.form.kinds.${value}`) }))}
        value={kind ?? ''}
        onChange={(value) => onChange(value as FolderKind)}
      />
      {words && <span className={classes.hint}>{some ? t('start.form.atLeast', { counts: words }) : words}</span>}
      {error !== undefined && (
        <span className={classes.wrong} role="alert">
          {error}
        </span>
      )}
    </div>
  );
}

const refused = (thrown: unknown) => toClientError(thrown, 'files.survey');
