import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import {
  IconBook2,
  IconChevronDown,
  IconDots,
  IconFileExport,
  IconFileImport,
  IconFolderPlus,
  IconListDetails,
  IconNote,
  IconScale,
  IconSettings2,
  IconTransferIn,
} from '@tabler/icons-react';
import { useText } from '#renderer/i18n/i18n.ts';
import { runBound } from '#renderer/lib/action.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import type { ProjectRow } from './work-page.tsx';
import { workStore } from './work.store.ts';
import classes from './project-menu.module.css';

interface Props {
  project: ProjectRow;
  projects: readonly ProjectRow[];
}

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** Which project, and what can be done with it as a whole. */
export function ProjectMenu({ project, projects }: Props) {
  const t = useText();
  const isText = project.modality === 'text';
  return (
    <div className={classes.head}>
      <Menu position="bottom-start" width={240} withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <UnstyledButton className={classes.project} aria-label={t('work.project.switch', { name: project.name })}>
            <span className={classes.name}>{project.name}</span>
            <IconChevronDown size={14} stroke={1.8} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown className={classes.list}>
          {projects.map(({ id, name }) => (
            <Menu.Item
              key={id}
              data-current={id === project.id || undefined}
              onClick={() => navigate('work', { projectId: id })}
            >
              {name}
            </Menu.Item>
          ))}
          <Menu.Item
            className={classes.apart}
            leftSection={<IconListDetails {...icon} />}
            onClick={() => navigate('elsewhere', {})}
          >
            {t('work.project.elsewhereList')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-start" width={260} withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon aria-label={t('work.project.menu')} title={t('work.project.menu')}>
            <IconDots size={18} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {!isText && (
            <Menu.Item
              leftSection={<IconFolderPlus {...icon} />}
              onClick={() => workStore.setState({ dialog: 'folder' })}
            >
              {t('work.project.addFolder')}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconFileImport {...icon} />}
            onClick={() => workStore.setState({ dialog: 'import' })}
          >
            {isText ? t('work.texts.action') : t('work.actions.import')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFileExport {...icon} />}
            onClick={() => workStore.setState({ dialog: 'export' })}
          >
            {isText ? t('work.texts.export.action') : t('work.actions.export')}
          </Menu.Item>
          <Menu.Item
            className={classes.apart}
            leftSection={<IconBook2 {...icon} />}
            rightSection={<KeyHint of="work.guideline" keys="R" />}
            onClick={() => workStore.setState({ guidelineOpen: true })}
          >
            {t('work.actions.guideline')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconScale {...icon} />}
            rightSection={<KeyHint of="work.judge" keys="J" />}
            onClick={() => runBound('work.judge')}
          >
            {t('work.actions.judge')}
          </Menu.Item>
          <Menu.Item leftSection={<IconNote {...icon} />} onClick={() => runBound('work.note')}>
            {t('work.actions.note')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconSettings2 {...icon} />}
            onClick={() => navigate('projects', { projectId: project.id })}
          >
            {t('work.project.terms')}
          </Menu.Item>
          <Menu.Item
            className={classes.apart}
            leftSection={<IconTransferIn {...icon} />}
            rightSection={<KeyHint of="elsewhere.log" keys="E" />}
            onClick={() => runBound('elsewhere.log')}
          >
            {t('elsewhere.actions.log')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
