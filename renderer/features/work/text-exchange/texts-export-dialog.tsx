import { useState } from 'react';
import { type TextFormat, textFormats } from '#shared/codecs/text/text-formats.ts';
import type { Output } from '#shared/contract/contract.ts';
import { useJob } from '#renderer/client/use-job.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { CountLines } from '../count-lines.tsx';
import { textFormatWords, textLossWords } from '../exchange-words.ts';
import { ExportFrame, fileNameOf, useExportForm, type Which } from '../export-frame.tsx';
import { usePreview } from '../use-preview.ts';
import type { ProjectRow } from '../work-page.tsx';

/** Writes the answers of a project of texts. */
export function TextsExportDialog({ project, onClose }: { project: ProjectRow; onClose: () => void }) {
  const t = useText();
  const job = useJob('texts.export');
  const formats = useQuery('texts.formats', {}).data?.formats ?? [];
  const { form, change } = useExportForm<TextFormat>(textFormats[0]);
  const [done, setDone] = useState<Output<'texts.export'> | null>(null);
  const { wanted, choices, which, path, overwrite } = form;
  const asked = { projectId: project.id, format: wanted, choices, which };
  const preview = usePreview('texts.exportPreview', done ? null : asked);
  const ending =
    choices['container'] === 'list' ? 'json' : (formats.find(({ format }) => format === wanted)?.ending ?? 'jsonl');
  const write = async () => {
    const answer = await job.run({ ...asked, path, overwrite });
    if (answer) setDone(answer);
  };
  return (
    <ExportFrame
      title={t('work.texts.export.title')}
      suggestedName={`${fileNameOf(project.name)}.${ending}`}
      formats={formats.map((one) => ({ ...one, words: textFormatWords(t, one.format) }))}
      {...{ form, change, preview, job, onClose }}
      foreseen={preview.seen && <Foreseen preview={preview.seen} which={which} />}
      onWrite={() => void write()}
      done={done && <Done done={done} />}
    />
  );
}

/** What would be written, what would be lost, and what goes to a file beside it. */
function Foreseen({ preview, which }: { preview: Output<'texts.exportPreview'>; which: Which }) {
  const t = useText();
  const format = useFormat();
  const { rows, files, loss } = preview;
  const lines = [
    rows === 0 && which === 'submitted'
      ? t('work.texts.export.nothingSealed')
      : t('work.texts.export.foreseen', { count: rows, formatted: format.number(rows, 0) }),
    files.length > 0 && t('work.texts.export.beside', { names: files.join(', ') }),
    loss.length > 0 ? t('work.export.willLose') : rows > 0 && t('work.export.nothingToLose'),
  ];
  return (
    <CountLines
      lines={lines}
      details={loss.map(({ what, count }) => ({ name: format.number(count, 0), words: textLossWords(t, what) }))}
    />
  );
}

function Done({ done }: { done: Output<'texts.export'> }) {
  const t = useText();
  const format = useFormat();
  const { rows, path, files, loss } = done;
  return (
    <CountLines
      lines={[
        t('work.texts.export.done', { count: rows, formatted: format.number(rows, 0), path }),
        files.length > 1 && t('work.texts.export.besideDone', { names: files.slice(1).join(', ') }),
        loss.length === 0 ? t('work.exchange.nothingLost') : t('work.export.loss'),
      ]}
      details={loss.map(({ what, count }) => ({ name: format.number(count, 0), words: textLossWords(t, what) }))}
    />
  );
}
