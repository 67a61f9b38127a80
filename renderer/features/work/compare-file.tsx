import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { PathField } from '#renderer/ui/path-picker.tsx';
import { CountLines } from './count-lines.tsx';
import { ExchangeChoices } from './exchange-choices.tsx';
import { annotationEndings, failWords, formatWords, lossWords, type ExchangeModality } from './exchange-words.ts';
import type { FileReference } from './use-file-reference.ts';
import classes from './compare-panel.module.css';

/** Which file the draft is held against, what it leaves open, and what of it could not be read. */
export function CompareFile({ file, modality }: { file: FileReference; modality: ExchangeModality }) {
  const t = useText();
  const format = useFormat();
  const { path, setPath, answers, setAnswers, read, reading, error } = file;
  const title = t('work.compare.file.title');
  const n = (value: number) => format.number(value, 0);
  const isSound = modality === 'audio';
  const found = read !== undefined && {
    format: formatWords(t, read.format),
    items: n(read.items),
    objects: n(read.shapes?.length ?? 0),
  };
  return (
    <div className={classes.file}>
      <PathField
        label={t('work.compare.file.path')}
        description={t('work.compare.file.lead')}
        value={path}
        onChange={setPath}
        options={{ mode: 'file', title, endings: [...new Set(Object.values(annotationEndings).flat())] }}
      />
      <ErrorNotice error={error} />
      {!read && reading && <CountLines lines={[t('work.import.reading')]} />}
      {read && (
        <>
          <ExchangeChoices asked={read.questions} answers={answers} onAnswer={setAnswers} />
          <CountLines
            lines={[
              found && t(isSound ? 'work.compare.file.sound.read' : 'work.compare.file.read', found),
              read.shapes === null && t(isSound ? 'work.compare.file.sound.notThere' : 'work.compare.file.notThere'),
              read.failures > 0 && t('work.import.failed', { count: read.failures, formatted: n(read.failures) }),
            ]}
            details={[
              ...read.loss.map(({ what, count }) => ({ name: n(count), words: lossWords(t, what, modality) })),
              ...read.failed.map(({ where, why }) => ({ name: where, words: failWords(t, why) })),
            ]}
          />
        </>
      )}
    </div>
  );
}
