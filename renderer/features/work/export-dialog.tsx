import { useState } from 'react';
import { type AnnotationFormat, imageFormats, soundFormats } from '#shared/codecs/annotation-formats.ts';
import type { Output } from '#shared/contract/contract.ts';
import { useJob } from '#renderer/client/use-job.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { CountLines } from './count-lines.tsx';
import { formatWords, lossWords, shapeCountWords } from './exchange-words.ts';
import { ExportFrame, fileNameOf, useExportForm, type Which } from './export-frame.tsx';
import { usePreview } from './use-preview.ts';
import type { ProjectRow } from './work-page.tsx';

/** Writes the annotations of a project of pictures or recordings. */
export function ExportDialog({ project, onClose }: { project: ProjectRow; onClose: () => void }) {
  const t = useText();
  const job = useJob('exports.write');
  const isSound = project.modality === 'audio';
  const known = useQuery('exchange.formats', {}).data?.formats ?? [];
  const formats = known.filter(({ modality }) => modality === project.modality);
  const { form, change } = useExportForm<AnnotationFormat>(isSound ? soundFormats[0] : imageFormats[0]);
  const [done, setDone] = useState<Output<'exports.write'> | null>(null);
  const { wanted, choices, which, path, overwrite } = form;
  const asked = { projectId: project.id, format: wanted, choices, which };
  const preview = usePreview('exports.preview', done ? null : asked);
  const format = formats.find((one) => one.format === wanted);
  const folder = format?.layout === 'folder';
  const name = fileNameOf(project.name);
  const write = async () => {
    const answer = await job.run({ ...asked, path, overwrite });
    if (answer) setDone(answer);
  };
  return (
    <ExportFrame
      title={t('work.export.title')}
      // A folder says the format, since several may be written.
      suggestedName={folder ? `${name} ${wanted}` : `${name}.${format?.ending ?? 'json'}`}
      formats={formats.map((one) => ({ ...one, words: formatWords(t, one.format) }))}
      {...{ folder, form, change, preview, job, onClose }}
      foreseen={preview.seen && <Foreseen preview={preview.seen} {...{ which, isSound }} />}
      onWrite={() => void write()}
      done={done && <Done done={done} isSound={isSound} />}
    />
  );
}

interface ForeseenProps {
  preview: Output<'exports.preview'>;
  which: Which;
  isSound: boolean;
}

/** What would be written and what would be lost. */
function Foreseen({ preview, which, isSound }: ForeseenProps) {
  const t = useText();
  const format = useFormat();
  const n = (count: number) => format.number(count, 0);
  const { items, objects, byShape, loss } = preview;
  if (items === 0 && which === 'submitted') {
    return <CountLines lines={[isSound ? t('work.export.sound.nothingSealed') : t('work.export.nothingSealed')]} />;
  }
  return (
    <CountLines
      lines={[
        isSound
          ? t('work.export.sound.foreseen', { items: n(items), objects: n(objects) })
          : t('work.export.foreseen', { items: n(items), objects: n(objects) }),
        objects > 0 && !isSound && shapeCountWords(t, byShape, n),
        loss.length === 0 ? t('work.export.nothingToLose') : t('work.export.willLose'),
      ]}
      details={loss.map(({ what, count }) => ({
        name: n(count),
        words: lossWords(t, what, isSound ? 'audio' : 'image'),
      }))}
    />
  );
}

function Done({ done, isSound }: { done: Output<'exports.write'>; isSound: boolean }) {
  const t = useText();
  const format = useFormat();
  const n = (count: number) => format.number(count, 0);
  return (
    <CountLines
      lines={[
        isSound
          ? t('work.export.sound.done', { items: n(done.items), objects: n(done.objects), path: done.path })
          : t('work.export.done', { items: n(done.items), objects: n(done.objects), path: done.path }),
        done.files > 1 && t('work.export.files', { count: done.files, formatted: n(done.files) }),
        done.loss.length === 0 ? t('work.exchange.nothingLost') : t('work.export.loss'),
      ]}
      details={done.loss.map(({ what, count }) => ({
        name: n(count),
        words: lossWords(t, what, isSound ? 'audio' : 'image'),
      }))}
    />
  );
}
