import { Button, Radio, Textarea, TextInput } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { textEndings } from '#shared/rules/photo-names.rules.ts';
import { useErrorText } from '#renderer/i18n/error-text.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { readCategoryLines } from '#renderer/lib/category-lines.ts';
import { useFocusWrong } from '#renderer/lib/focus-wrong.ts';
import { lastName } from '#renderer/lib/path-name.ts';
import { goBack } from '#renderer/lib/route.store.ts';
import { type TextTemplate, textTemplates } from '#renderer/lib/text-templates.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FormActions } from '#renderer/ui/form.tsx';
import { MoneyField, readMoney, type TypedMoney } from '#renderer/ui/money-field.tsx';
import { PathField } from '#renderer/ui/path-picker.tsx';
import { useTextsProject } from './use-texts-project.ts';
import classes from './start-page.module.css';

interface Problems {
  file?: string;
  name?: string;
  categories?: string;
  pay?: string;
}

/** From a file of texts to a project: which file, what is done with it, name and pay. Its columns are looked at in Work. */
export function OpenTexts() {
  const t = useText();
  const { language } = useFormat();
  const project = useTextsProject();
  const [file, setFile] = useState('');
  const [template, setTemplate] = useState<TextTemplate>('questions');
  const [lines, setLines] = useState('');
  const [name, setName] = useState<string | null>(null);
  const [pay, setPay] = useState<TypedMoney>({ typed: '', currency: language === 'zh-CN' ? 'CNY' : 'USD' });
  const [problems, setProblems] = useState<Problems>({});
  const [tries, setTries] = useState(0);
  const form = useFocusWrong(tries + project.failures);
  const say = useErrorText();
  const shownName = name ?? stemOf(file);
  const why = project.fileProblem?.file === file.trim() ? project.fileProblem.why : undefined;
  const fileWords = why === 'empty' ? t('start.texts.noRows') : why && say(why);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readCategoryLines(template === 'categories' ? lines : '');
    const payPerPiece = readMoney(pay);
    const wrong: Problems = {
      ...(file.trim() === '' ? { file: t('start.texts.fileMissing') } : {}),
      ...(shownName.trim() === '' ? { name: t('start.form.nameMissing') } : {}),
      ...(read.ok
        ? {}
        : { categories: t(`projects.rules.texts.categoryProblems.${read.problem}`, { name: read.name }) }),
      ...(payPerPiece === 'wrong' ? { pay: t('start.form.payWrong') } : {}),
    };
    setProblems(wrong);
    if (Object.keys(wrong).length > 0 || !read.ok || payPerPiece === 'wrong') {
      setTries((count) => count + 1);
      return;
    }
    void project.create({
      ...{ file: file.trim(), name: shownName.trim(), template, categories: read.categories, payPerPiece },
    });
  };
  return (
    <>
      <Button
        className={classes.back}
        variant="subtle"
        color="gray"
        size="xs"
        leftSection={<IconArrowLeft size={16} stroke={1.6} />}
        onClick={goBack}
      >
        {t('start.form.back')}
      </Button>
      <h1>{t('start.texts.heading')}</h1>
      <form ref={form} className={classes.form} onSubmit={submit} noValidate>
        <PathField
          label={t('start.texts.file')}
          description={t('start.texts.fileHint')}
          value={file}
          onChange={setFile}
          options={{ mode: 'file', title: t('start.texts.file'), endings: textEndings }}
          error={problems.file ?? fileWords}
          required
        />
        <Radio.Group
          label={t('start.texts.template')}
          description={t('start.texts.templateHint')}
          value={template}
          onChange={(value) => setTemplate(value as TextTemplate)}
        >
          <div className={classes.templates}>
            {textTemplates.map((value) => (
              <Radio
                key={value}
                value={value}
                label={t(`start.texts.templates.${value}`)}
                description={t(`start.texts.means.${value}`)}
              />
            ))}
          </div>
        </Radio.Group>
        {template === 'categories' && (
          <Textarea
            label={t('projects.rules.texts.categories')}
            description={t('projects.rules.texts.categoriesHint')}
            value={lines}
            error={problems.categories}
            autosize
            minRows={4}
            maxRows={12}
            spellCheck={false}
            onChange={(event) => setLines(event.currentTarget.value)}
          />
        )}
        <TextInput
          label={t('start.form.name')}
          value={shownName}
          maxLength={200}
          error={problems.name}
          required
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <MoneyField
          label={t('start.texts.pay')}
          description={t('start.form.payHint')}
          currencyLabel={t('start.form.currency')}
          value={pay}
          onChange={setPay}
          error={problems.pay}
        />
        <FormActions>
          <Button type="submit" loading={project.running}>
            {t('start.texts.submit')}
          </Button>
        </FormActions>
      </form>
      <ErrorNotice error={project.error} />
    </>
  );
}

/** The name of a file without the path to it and without its ending. */
function stemOf(path: string): string {
  return lastName(path)
    .replace(/\.[A-Za-z]+$/, '')
    .slice(0, 200);
}
