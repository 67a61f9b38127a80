import { Button, Checkbox, CopyButton } from '@mantine/core';
import { useState } from 'react';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import { everySideWithin } from '#shared/rules/compare-versions.rules.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { toast } from '#renderer/ui/toast.ts';
import type { Comparison } from './use-comparison.ts';
import type { ReferenceFile } from './use-file-reference.ts';
import { usualTolerance, useGuideline } from './use-guideline.ts';
import classes from './compare-panel.module.css';

/** A sentence about a comparison, and whether it says that all is well. */
export interface Said {
  sentence: string;
  within: boolean;
}

interface Props extends Said {
  taskId: TaskId;
  /** The file that the reference comes from, if it does. */
  file: ReferenceFile | null;
}

/** How close what is drawn comes to the reference, as a sentence. */
export function useFitSentence(projectId: ProjectId, { compared }: Comparison, referenceName: string): Said {
  const t = useText();
  const format = useFormat();
  const rules = useGuideline(projectId)?.rules;
  const tolerance = rules?.fitTolerancePx ?? usualTolerance;
  const within = everySideWithin(compared, tolerance);
  const sentence = within
    ? t('work.compare.within', { px: format.number(tolerance), reference: referenceName, count: compared.pairs.length })
    : t('work.compare.beyond', {
        px: format.number(tolerance),
        reference: referenceName,
        close: compared.pairs.filter(({ largestPx }) => largestPx === null || largestPx < tolerance).length,
        pairs: compared.pairs.length,
        missing: compared.missing.length,
        extra: compared.extra.length,
      });
  return { sentence, within };
}

/** What can be said of it in an appeal, with its reference named: copied, or kept as a note to this task. */
export function CompareSentence({ taskId, sentence, within, file }: Props) {
  const t = useText();
  const write = useCommand('notes.write');
  const keepFile = useCommand('comparisons.keepFile');
  const [withFile, setWithFile] = useState(false);
  const keep = async () => {
    // Twelve digits are for people; the note keeps the whole hash.
    const text = file ? `${sentence}\n${t('work.compare.file.whole', { name: file.name, hash: file.hash })}` : sentence;
    const kept = file && withFile ? await keepFile.run({ path: file.path, hash: file.hash }) : null;
    if (kept === undefined) return;
    const writtenAt = new Date().toISOString();
    const done = await write.run({ text, about: [taskId], attachments: kept ? [kept] : [], writtenAt });
    if (done) toast(t('work.compare.kept'));
  };
  return (
    <div className={classes.sentence}>
      <p data-within={within}>{sentence}</p>
      {file && (
        <Checkbox
          size="xs"
          label={t('work.compare.file.attach')}
          checked={withFile}
          onChange={(event) => setWithFile(event.currentTarget.checked)}
        />
      )}
      <div className={classes.actions}>
        <CopyButton value={sentence}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy}>
              {copied ? t('work.compare.copied') : t('work.compare.copy')}
            </Button>
          )}
        </CopyButton>
        <Button size="xs" variant="default" loading={write.running || keepFile.running} onClick={() => void keep()}>
          {t('work.compare.keep')}
        </Button>
      </div>
      <ErrorNotice error={keepFile.error ?? write.error} />
    </div>
  );
}
