import type { BlobRef } from '#shared/domain/blob.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import classes from './attachments.module.css';

/** Attachments as kept: pictures small, each opens whole; other files are saved under the name they came with. */
export function KeptFiles({ files }: { files: readonly BlobRef[] }) {
  const t = useText();
  if (files.length === 0) return null;
  return (
    <div className={classes.files}>
      {files.map(({ blob, mediaType, name }) => (
        <a
          key={blob}
          href={`/blob/${blob}`}
          target="_blank"
          rel="noreferrer"
          download={mediaType.startsWith('image/') || name === null ? undefined : name}
        >
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
