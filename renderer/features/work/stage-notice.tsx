import { Button, Loader } from '@mantine/core';
import { IconPhotoOff } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { MediaProblem } from '#shared/domain/work.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { runBound } from '#renderer/lib/action.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import type { OpenTask } from './use-open-task.ts';
import type { PhotoState } from './use-photo.ts';
import classes from './stage-notice.module.css';

interface Props {
  open: OpenTask;
  photo: PhotoState;
  onNext: () => void;
}

/** What stands in the place of the photo while there is none: that it is coming, or why it is not. */
export function StageNotice({ open, photo, onNext }: Props) {
  const t = useText();
  const format = useFormat();
  if (open.status === 'failed') {
    return (
      <Middle>
        <ErrorNotice error={open.error} onAgain={open.again} />
        <NextButton onNext={onNext} />
      </Middle>
    );
  }
  if (open.status === 'loading' || photo.status === 'loading') return <Coming key={open.taskId} />;
  if (photo.status === 'shown') return null;
  if (photo.status === 'waiting') return <Middle>{t('work.photo.waiting')}</Middle>;
  const { task, media, folder } = open.facts;
  return (
    <Middle>
      <IconPhotoOff size={32} stroke={1.2} aria-hidden className={classes.icon} />
      <h2 className={classes.name}>{task.name}</h2>
      <p role="status">{t(`work.problem.${remedyOf(photo.problem, media.format)}`)}</p>
      <p className={classes.facts}>
        {[media.format?.toUpperCase(), media.bytes > 0 && format.bytes(media.bytes), folder]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <div className={classes.steps}>
        <NextButton onNext={onNext} />
        <Button variant="default" onClick={() => runBound('work.release')}>
          {t('work.actions.release')}
        </Button>
      </div>
    </Middle>
  );
}

/** Some formats have a remedy of their own. */
function remedyOf(problem: MediaProblem, format: string | null): MediaProblem | 'heif' | 'tiff' {
  if (problem === 'unsupported-format' && format === 'heif') return 'heif';
  return problem === 'damaged' && format === 'tiff' ? 'tiff' : problem;
}

function NextButton({ onNext }: { onNext: () => void }) {
  const t = useText();
  return (
    <Button variant="default" onClick={onNext} rightSection={<KeyHint of="work.next" keys="D" />}>
      {t('work.actions.next')}
    </Button>
  );
}

function Middle({ children }: { children: ReactNode }) {
  return <div className={classes.middle}>{children}</div>;
}

/** Said only when it takes longer than one notices. */
function Coming() {
  const t = useText();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <Middle>
      <Loader size={20} color="gray" aria-hidden />
      <p role="status">{t('work.photo.loading')}</p>
    </Middle>
  );
}
