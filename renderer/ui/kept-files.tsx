import type { BlobRef } from '#shared/domain/blob.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import classes from './attachments.module.css';

/** Attachments as kept: pictures small, each opens whole. */
export function KeptFiles({ files }: { files: readonly BlobRef[] }) {
  const t = useText();
  if (files.length === 0) return null;
  return (
    <div className={classes.files}>
      {files.map(({ blob, mediaType, name }) => (
        <a key={blob} href={`/blob/${blob}`} target="_blank" rel="noreferrer">
          {mediaType.startsWith('image/') ? (
            <img src={`/blob/${blob}`} alt={name ?? t('ui.attachments.screenshot')} />
          ) : (
            (name ?? t('ui.attachments.title'))
          )}
        </a>
      ))}
    </div>
  );
}
