import { Tooltip, UnstyledButton } from '@mantine/core';
import {
  IconBan,
  IconBlockquote,
  IconEye,
  IconFocus2,
  IconHistory,
  IconLink,
  IconSearch,
  type TablerIcon,
} from '@tabler/icons-react';
import type { TextItem } from '#shared/domain/text.ts';
import { useText, type LocaleKey } from '#renderer/i18n/i18n.ts';
import { runBound } from '#renderer/lib/action.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { isJudged } from './judging/judged-kinds.ts';
import { textStore } from './text.store.ts';
import classes from './writing-bar.module.css';

interface Tool {
  id: string;
  label: LocaleKey;
  keys: string;
  icon: TablerIcon;
  pressed?: boolean;
}

/** What is to be done, and what helps with it, each with its key. */
export function WritingBar({ item, refused }: { item: TextItem; refused: boolean }) {
  const t = useText();
  const { preview, proof, calm } = textStore();
  const writes = !isJudged(item);
  const single = item.kind === 'write' || item.kind === 'correct';
  const tools: readonly Tool[] = [
    { id: 'text.refuse', label: 'work.text.actions.refuse', keys: 'F4', icon: IconBan, pressed: refused },
    ...(writes
      ? ([{ id: 'text.find', label: 'work.text.actions.find', keys: 'Ctrl+F', icon: IconSearch }] as const)
      : []),
    ...(single || item.kind === 'mark'
      ? ([{ id: 'text.source', label: 'work.text.actions.source', keys: 'Ctrl+M', icon: IconLink }] as const)
      : []),
    ...(single
      ? ([
          { id: 'text.preview', label: 'work.text.actions.preview', keys: 'F6', icon: IconEye, pressed: preview },
        ] as const)
      : []),
    ...(writes
      ? ([
          { id: 'text.snippets', label: 'work.text.actions.snippets', keys: 'Alt+0', icon: IconBlockquote },
          { id: 'text.proof', label: 'work.text.actions.proof', keys: 'F9', icon: IconHistory, pressed: proof },
        ] as const)
      : []),
    { id: 'text.calm', label: 'work.text.actions.calm', keys: 'F10', icon: IconFocus2, pressed: calm },
  ];
  return (
    <header className={classes.bar}>
      <h2 className={classes.kind} title={t('work.text.spelling')}>
        {t(`work.text.kinds.${item.kind}`)}
      </h2>
      <div className={classes.tools}>
        {tools.map(({ id, label, keys, icon: Icon, pressed }) => (
          <Tooltip
            key={id}
            label={
              <span className={classes.tip}>
                {t(label)} <KeyHint of={id} keys={keys} />
              </span>
            }
          >
            <UnstyledButton
              className={classes.tool}
              aria-label={t(label)}
              {...(pressed !== undefined && { 'aria-pressed': pressed })}
              data-on={pressed || undefined}
              // The cursor stays in the text.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => runBound(id)}
            >
              <Icon size={16} stroke={1.6} aria-hidden />
            </UnstyledButton>
          </Tooltip>
        ))}
      </div>
    </header>
  );
}
