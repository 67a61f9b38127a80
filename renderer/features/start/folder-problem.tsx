import { Button } from '@mantine/core';
import type { ClientError } from '#renderer/client/client-error.ts';
import { useErrorText } from '#renderer/i18n/error-text.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { type FolderKind, holds, isWholePath, type Survey } from './use-folder-survey.ts';
import classes from './start-page.module.css';

/** A folder that was looked at, and what it was to be worked on as. */
export interface Looked {
  folder: string;
  kind: FolderKind;
  found: Survey | ClientError;
}

/** Whether a project can begin with what was found. */
export const canBegin = ({ found, kind }: Looked): boolean => !('code' in found) && holds(found, kind);

/** Why a project can't begin with a folder: what was found in it, and what can be done. */
export function FolderProblem({ looked, onKind }: { looked: Looked; onKind: (kind: FolderKind) => void }) {
  const t = useText();
  const format = useFormat();
  const say = useErrorText();
  const { folder, kind, found } = looked;
  if ('code' in found) {
    const closed = ['EACCES', 'EPERM'].includes(String(found.details['problem']));
    if (closed) return t('start.look.closed');
    return isWholePath(folder) ? say(found) : t('start.look.notWhole', { path: folder });
  }
  const { photos, recordings, texts, others, otherEndings, closed } = found;
  const count = (key: 'photos' | 'recordings' | 'texts' | 'others', of: number) =>
    t(`start.look.${key}`, { count: of, formatted: format.number(of, 0) });
  const other = kind === 'image' ? 'audio' : 'image';
  if (holds(found, other)) {
    const there = other === 'audio' ? count('recordings', recordings) : count('photos', photos);
    return (
      <>
        {t(`start.look.other.${other}`, { there })}
        <Remedy words={t(`start.look.take.${other}`)} onTake={() => onKind(other)} />
      </>
    );
  }
  if (texts > 0) {
    return (
      <>
        {t('start.look.onlyTexts', { there: count('texts', texts) })}
        <Remedy words={t('start.look.openTexts')} onTake={() => navigate('start', { step: 'texts' })} />
      </>
    );
  }
  if (others > 0) {
    const endings = otherEndings.map((ending) => `.${ending}`).join(', ');
    const there = count('others', others) + (endings === '' ? '' : t('start.look.endings', { endings }));
    return t('start.look.onlyOthers', { there });
  }
  return closed > 0
    ? t('start.look.closedInside', { count: closed, formatted: format.number(closed, 0) })
    : t('start.look.empty');
}

function Remedy({ words, onTake }: { words: string; onTake: () => void }) {
  return (
    <Button className={classes.remedy} variant="default" size="xs" onClick={onTake}>
      {words}
    </Button>
  );
}
