import { Button, Loader } from '@mantine/core';
import { IconPhotoOff, IconVolumeOff } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { MediaInfo, MediaProblem } from '#shared/domain/work.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { runBound } from '#renderer/lib/action.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import type { OpenTask } from './use-open-task.ts';
import classes from './stage-notice.module.css';

type Text = ReturnType<typeof useText>;

interface Props {
  open: OpenTask;
  media: MediaState;
  /** What the stage is for; a photo where it is left out. */
  kind?: 'photo' | 'sound';
  onNext: () => void;
}

/** How it stands with what belongs on the stage. `waiting`: the host is away. */
type MediaState =
  | { status: 'loading' }
  | { status: 'shown' }
  | { status: 'waiting' }
  | { status: 'problem'; problem: MediaProblem; what?: string | null };

/** What stands in the place of the photo while there is none: that it is coming, or why it is not. */
export function StageNotice({ open, media, kind = 'photo', onNext }: Props) {
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
  if (open.status === 'loading' || media.status === 'loading') return <Coming key={open.taskId} kind={kind} />;
  if (media.status === 'shown') return null;
  if (media.status === 'waiting') return <Middle>{t(`work.${kind}.waiting`)}</Middle>;
  const { task, media: file, folder } = open.facts;
  const OffIcon = kind === 'photo' ? IconPhotoOff : IconVolumeOff;
  return (
    <Middle>
      <OffIcon size={32} stroke={1.2} aria-hidden className={classes.icon} />
      <h2 className={classes.name}>{task.name}</h2>
      <p role="status">
        {kind === 'photo' ? t(`work.problem.${remedyOf(media.problem, file.format)}`) : soundProblem(t, media, file)}
      </p>
      <p className={classes.facts}>
        {[file.format?.toUpperCase(), file.bytes > 0 && format.bytes(file.bytes), folder].filter(Boolean).join(' · ')}
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

/** The same of a recording, naming what cannot be decoded. */
function soundProblem(t: Text, media: MediaState & { status: 'problem' }, { format, sound }: MediaInfo): string {
  const { problem, what } = media;
  if (problem === 'damaged') return t('work.sound.problem.damaged');
  if (problem !== 'unsupported-format') return t(`work.problem.${problem}`);
  return t('work.sound.problem.unsupported', { what: what ?? sound?.codec ?? format ?? '?' });
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
function Coming({ kind }: { kind: 'photo' | 'sound' }) {
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
      <p role="status" className={classes.coming}>
        {t(`work.${kind}.loading`)}
      </p>
    </Middle>
  );
}
