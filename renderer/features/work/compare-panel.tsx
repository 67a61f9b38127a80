import { Select } from '@mantine/core';
import { Fragment, useState, type ReactNode } from 'react';
import type { TaskId } from '#shared/domain/ids.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { SidePanel } from '#renderer/ui/side-panel.tsx';
import { CompareFile } from './compare-file.tsx';
import type { DraftJournal } from './draft-journal.ts';
import type { ExchangeModality } from './exchange-words.ts';
import { useComparison, useReferences, type Comparison, type ReferenceChoice } from './use-comparison.ts';
import { fileValue, useFileReference, type ReferenceFile } from './use-file-reference.ts';
import { setComparing } from './work.store.ts';
import classes from './compare-panel.module.css';

/** A comparison, and what names the version that the annotation is held against. */
export interface Held {
  comparison: Comparison;
  referenceName: string;
  /** The file that the reference comes from, if it does. */
  file: ReferenceFile | null;
}

interface Props {
  taskId: TaskId;
  journal: DraftJournal;
  modality: ExchangeModality;
  /** What came of it, in the words of the tool; begun anew for each reference. */
  children: (held: Held) => ReactNode;
}

/** Digits of a file's hash in a sentence: enough to hold two files apart, and few enough to be read out. */
const hashDigits = 12;

/** CSS pixels: the photo stands beside it, and the queue on a wide screen. */
const comparePanelWidth = 320;

/** The annotation held against another version, which one chooses here. */
export function ComparePanel({ taskId, journal, modality, children }: Props) {
  const t = useText();
  const references = useReferences(taskId);
  const [wanted, setWanted] = useState<string | null>(null);
  const file = useFileReference(taskId, wanted === fileValue);
  const choice =
    wanted === fileValue ? file.choice : (references.find(({ value }) => value === wanted) ?? references[0] ?? null);
  const comparison = useComparison(taskId, journal, choice);
  const nameOf = useReferenceName();
  return (
    <SidePanel
      id="compare"
      title={t('work.compare.title')}
      width={comparePanelWidth}
      onClose={() => setComparing(false)}
    >
      {references.length === 0 && wanted !== fileValue && <p className={classes.none}>{t('work.compare.none')}</p>}
      <Select
        label={t('work.compare.reference')}
        data={[
          ...references.map((each) => ({ value: each.value, label: nameOf(each) })),
          { value: fileValue, label: t('work.compare.file.choose') },
        ]}
        value={choice?.value ?? null}
        onChange={setWanted}
      />
      {wanted === fileValue && <CompareFile file={file} modality={modality} />}
      {choice && comparison && (
        <Fragment key={`${choice.value} ${choice.file?.hash ?? ''}`}>
          {children({ comparison, referenceName: nameOf(choice), file: choice.file ?? null })}
        </Fragment>
      )}
    </SidePanel>
  );
}

function useReferenceName(): (choice: ReferenceChoice) => string {
  const t = useText();
  const format = useFormat();
  return ({ version, file }) => {
    if (version) return t('work.compare.version', { number: version.number, time: format.dateTime(version.sealedAt) });
    return file
      ? t('work.compare.file.named', { name: file.name, hash: file.hash.slice(0, hashDigits) })
      : t('work.compare.machine');
  };
}
