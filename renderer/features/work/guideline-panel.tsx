import type { ProjectId } from '#shared/domain/ids.ts';
import type { CheckableRules, Guideline } from '#shared/domain/project.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { Button } from '@mantine/core';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Facts } from '#renderer/ui/form.tsx';
import { KeptFiles } from '#renderer/ui/kept-files.tsx';
import { SidePanel } from '#renderer/ui/side-panel.tsx';
import { workStore } from './work.store.ts';
import classes from './guideline-panel.module.css';

/** The guideline in force, beside the photo: its rules that a machine can check, and its text. */
export function GuidelinePanel({ projectId }: { projectId: ProjectId }) {
  const t = useText();
  const format = useFormat();
  const query = useQuery('guidelines.list', { projectId });
  const guideline = query.data?.guidelines[0];
  return (
    <SidePanel
      id="guideline"
      title={guideline ? t('work.guideline.titled', { version: guideline.version }) : t('work.guideline.title')}
      label={t('work.guideline.title')}
      onClose={() => workStore.setState({ guidelineOpen: false })}
    >
      <ErrorNotice error={query.error} onAgain={query.refetch} />
      {query.data && !guideline && (
        <div className={classes.none}>
          <p>{t('work.guideline.none')}</p>
          <Button variant="default" onClick={() => navigate('projects', { projectId })}>
            {t('work.guideline.add')}
          </Button>
        </div>
      )}
      {guideline && (
        <>
          <Facts
            facts={[
              { name: t('work.guideline.effective'), value: format.date(guideline.effectiveFrom) },
              { name: t('work.guideline.received'), value: received(guideline, format.dateTime) },
            ]}
          />
          <Rules rules={guideline.rules} />
          <p className={classes.text}>{guideline.text}</p>
          <KeptFiles files={guideline.attachments} />
        </>
      )}
    </SidePanel>
  );
}

function received({ receivedAt, channel, announcedBy }: Guideline, dateTime: (instant: string) => string): string {
  return [dateTime(receivedAt), channel, announcedBy].filter(Boolean).join(' · ');
}

function soundLines(rules: CheckableRules, t: ReturnType<typeof useText>, format: ReturnType<typeof useFormat>) {
  const seconds = (value: number | undefined, key: 'longest' | 'shortest' | 'silence' | 'gap') =>
    value !== undefined && t(`work.guideline.sound.${key}`, { seconds: format.number(value, 2) });
  return [
    seconds(rules.longestSegmentS, 'longest'),
    seconds(rules.shortestSegmentS, 'shortest'),
    seconds(rules.longestInnerSilenceS, 'silence'),
    seconds(rules.longestGapS, 'gap'),
    rules.silenceDb !== undefined && t('work.guideline.sound.silenceDb', { db: format.number(rules.silenceDb, 1) }),
    rules.noOverlap && t(`work.guideline.sound.noOverlap.${rules.noOverlap}`),
    rules.requireTranscript && t('work.guideline.sound.requireTranscript'),
    rules.tokens?.length &&
      t('work.guideline.sound.tokens', { tokens: rules.tokens.map(({ text }) => text).join(' ') }),
  ];
}

/** Rules of photos and of recordings. */
function Rules({ rules }: { rules: CheckableRules }) {
  const t = useText();
  const format = useFormat();
  const lines = [
    rules.fitTolerancePx !== undefined && t('work.guideline.fit', { px: format.number(rules.fitTolerancePx) }),
    rules.minBoxPx !== undefined && t('work.guideline.minBox', { px: format.number(rules.minBoxPx) }),
    rules.insideImage && t('work.guideline.inside'),
    ...soundLines(rules, t, format),
    rules.requireLabel && t('work.guideline.requireLabel'),
    rules.requiredAttributes?.length && t('work.guideline.attributes', { names: rules.requiredAttributes.join(', ') }),
  ].filter((line) => typeof line === 'string');
  if (lines.length === 0) return null;
  return (
    <ul className={classes.rules}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
