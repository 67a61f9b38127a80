import { Button, Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import classes from './job-progress.module.css';

interface Props {
  /** What is being done. */
  label: string;
  done: number;
  /** null while it is not known. */
  total: number | null;
  /** How the two are written; as numbers where nothing else is said. */
  write?: (value: number) => string;
  /** Instant it began. */
  startedAt: string;
  onCancel?: () => void;
  cancelling?: boolean;
}

/** Long work: what, how far, how long, and the way out. */
export function JobProgress({ label, done, total, write, startedAt, onCancel, cancelling = false }: Props) {
  const t = useText();
  const format = useFormat();
  const elapsed = useElapsed(startedAt);
  const ratio = total !== null && total > 0 ? Math.min(1, done / total) : null;
  const words = write ?? ((value: number) => format.number(value, 0));
  const counts = total === null ? done > 0 && words(done) : t('ui.job.of', { done: words(done), total: words(total) });
  return (
    <div className={classes.job}>
      <div className={classes.line}>
        <span>{label}</span>
        <span className={classes.figures}>
          {counts && <span>{counts}</span>}
          <span>{t('ui.job.elapsed', { time: format.duration(elapsed) })}</span>
        </span>
      </div>
      <div className={classes.line}>
        <Progress
          className={classes.bar}
          value={ratio === null ? 100 : ratio * 100}
          animated={ratio === null}
          size={4}
          transitionDuration={90}
          aria-label={label}
        />
        {onCancel && (
          <Button size="xs" variant="default" onClick={onCancel} disabled={cancelling}>
            {cancelling ? t('ui.job.cancelling') : t('ui.job.cancel')}
          </Button>
        )}
      </div>
    </div>
  );
}

function useElapsed(startedAt: string): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, now - Date.parse(startedAt));
}
