import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import { useJob } from '#renderer/client/use-job.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Section } from '#renderer/ui/form.tsx';
import { JobProgress } from '#renderer/ui/job-progress.tsx';
import { useEntryCount } from './entry-count.ts';
import classes from './settings.module.css';

type Verified = Output<'ledger.verify'>;
type Rebuilt = Output<'ledger.rebuild'>;

/** Check the ledger, rebuild what is derived from it; both beside other work, both can be cancelled. */
export function Integrity() {
  const t = useText();
  const verify = useJob('ledger.verify');
  const rebuild = useJob('ledger.rebuild');
  const [verified, setVerified] = useState<Verified | null>(null);
  const [rebuilt, setRebuilt] = useState<Rebuilt | null>(null);
  const busy = verify.progress !== null || rebuild.progress !== null;

  const runVerify = async () => {
    setVerified(null);
    setVerified((await verify.run({})) ?? null);
  };
  const runRebuild = async () => {
    setRebuilt(null);
    setRebuilt((await rebuild.run({})) ?? null);
  };
  return (
    <Section title={t('settings.check.title')} lead={t('settings.check.lead')}>
      <div className={classes.task}>
        <div className={classes.line}>
          <Button variant="default" disabled={busy} onClick={() => void runVerify()}>
            {t('settings.check.verify')}
          </Button>
          {!verified && <LastCheck />}
        </div>
        <div className={classes.wide} role="status">
          {verify.progress && (
            <JobProgress
              label={t('settings.check.verifying')}
              {...verify.progress}
              onCancel={verify.cancel}
              cancelling={verify.cancelling}
            />
          )}
          {verified && <VerifyResult result={verified} />}
        </div>
        <ErrorNotice error={verify.error} />
      </div>
      <div className={classes.task}>
        <Button variant="default" disabled={busy} onClick={() => void runRebuild()}>
          {t('settings.check.rebuild')}
        </Button>
        <p className={classes.quiet}>{t('settings.check.rebuildHint')}</p>
        <div className={classes.wide} role="status">
          {rebuild.progress && (
            <JobProgress
              label={t('settings.check.rebuilding')}
              {...rebuild.progress}
              onCancel={rebuild.cancel}
              cancelling={rebuild.cancelling}
            />
          )}
          {rebuilt && <RebuildResult result={rebuilt} />}
        </div>
        <ErrorNotice error={rebuild.error} />
      </div>
    </Section>
  );
}

function LastCheck() {
  const t = useText();
  const format = useFormat();
  const entriesOf = useEntryCount();
  const status = useQuery('ledger.status', {});
  if (!status.data) return null;
  const last = status.data.lastVerified;
  const words = last
    ? t('settings.check.last', { time: format.dateTime(last.at), entries: entriesOf(last.size) })
    : t('settings.check.never');
  return <span className={classes.quiet}>{words}</span>;
}

function VerifyResult({ result }: { result: Verified }) {
  const t = useText();
  const format = useFormat();
  if (result.ok) {
    return (
      <p className={classes.good}>
        <IconCircleCheck size={18} stroke={1.6} aria-hidden />
        {t('settings.check.good', {
          count: result.size,
          formatted: format.number(result.size, 0),
          time: format.duration(Math.max(1000, result.milliseconds)),
        })}
      </p>
    );
  }
  const count = result.problems.length;
  return (
    <div className={classes.bad}>
      <p>{t('settings.check.bad', { count, formatted: format.number(count, 0) })}</p>
      <ul className={classes.problems}>
        {result.problems.map(({ what, seq, detail }) => (
          <li key={`${what} ${seq} ${detail}`}>
            {seq === null
              ? t('settings.check.problem', { what: t(`settings.check.what.${what}`), detail })
              : t('settings.check.problemAt', { what: t(`settings.check.what.${what}`), seq, detail })}
          </li>
        ))}
      </ul>
    </div>
  );
}

function RebuildResult({ result }: { result: Rebuilt }) {
  const t = useText();
  const format = useFormat();
  const differed = result.tables.reduce((sum, table) => sum + table.differed, 0);
  const entries = useEntryCount()(result.entries);
  return (
    <p className={classes.good}>
      <IconCircleCheck size={18} stroke={1.6} aria-hidden />
      {differed === 0
        ? t('settings.check.rebuiltSame', { entries })
        : t('settings.check.rebuiltOther', { entries, count: differed, rows: format.number(differed, 0) })}
    </p>
  );
}
