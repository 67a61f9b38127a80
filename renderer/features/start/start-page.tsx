import { SegmentedControl, UnstyledButton } from '@mantine/core';
import {
  IconChevronRight,
  IconFileText,
  IconFolderOpen,
  IconNotebook,
  IconPhoto,
  IconMessages,
  IconWaveSine,
  type Icon,
} from '@tabler/icons-react';
import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { isLanguage, languageNames, languages } from '#renderer/i18n/language.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate, useRoomParams } from '#renderer/lib/route.store.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { OpenFolder } from './open-folder.tsx';
import { OpenTexts } from './texts-form.tsx';
import classes from './start-page.module.css';

/** The first window: language, then the ways to begin. Nothing else is asked. */
export function StartPage() {
  const { step } = useRoomParams('start');
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        {step === 'folder' && <OpenFolder />}
        {step === 'texts' && <OpenTexts />}
        {step === undefined && <Ways />}
      </div>
    </div>
  );
}

function Ways() {
  const t = useText();
  const { language } = useFormat();
  const set = useCommand('settings.set');
  const sample = useCommand('projects.createSample');

  const trySample = async (modality: 'image' | 'audio' | 'text') => {
    const created = await sample.run({ language, modality });
    if (created) navigate('work', { projectId: created.projectId });
  };
  return (
    <>
      <header className={classes.head}>
        <h1 className={classes.name}>{t('app.name')}</h1>
        <SegmentedControl
          aria-label={t('start.language')}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          value={language}
          onChange={(value) => isLanguage(value) && void set.run({ language: value })}
        />
      </header>
      <p className={classes.lead}>{t('start.lead')}</p>
      <section aria-label={t('start.ways')} className={classes.ways}>
        <Way
          icon={IconFolderOpen}
          title={t('start.folder.title')}
          text={t('start.folder.text')}
          onGo={() => navigate('start', { step: 'folder' })}
        />
        <Way
          icon={IconFileText}
          title={t('start.texts.title')}
          text={t('start.texts.text')}
          onGo={() => navigate('start', { step: 'texts' })}
        />
        <Way
          icon={IconPhoto}
          title={t('start.sample.title')}
          text={t('start.sample.text')}
          busy={sample.running}
          onGo={() => void trySample('image')}
        />
        <Way
          icon={IconWaveSine}
          title={t('start.sampleSound.title')}
          text={t('start.sampleSound.text')}
          busy={sample.running}
          onGo={() => void trySample('audio')}
        />
        <Way
          icon={IconMessages}
          title={t('start.sampleText.title')}
          text={t('start.sampleText.text')}
          busy={sample.running}
          onGo={() => void trySample('text')}
        />
        <Way
          icon={IconNotebook}
          title={t('start.elsewhere.title')}
          text={t('start.elsewhere.text')}
          onGo={() => navigate('elsewhere', {})}
        />
      </section>
      <ErrorNotice error={sample.error ?? set.error} />
    </>
  );
}

interface WayProps {
  icon: Icon;
  title: string;
  text: string;
  busy?: boolean;
  onGo: () => void;
}

function Way({ icon: WayIcon, title, text, busy = false, onGo }: WayProps) {
  return (
    <UnstyledButton className={classes.way} onClick={onGo} disabled={busy} aria-busy={busy}>
      <WayIcon size={24} stroke={1.4} className={classes.icon} aria-hidden />
      <span className={classes.words}>
        <span className={classes.wayTitle}>{title}</span>
        <span className={classes.wayText}>{text}</span>
      </span>
      <IconChevronRight size={16} stroke={1.6} className={classes.arrow} aria-hidden />
    </UnstyledButton>
  );
}
