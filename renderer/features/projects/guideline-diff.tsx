import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Guideline } from '#shared/domain/project.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { TextDiff } from '#renderer/ui/text-diff.tsx';
import { useRuleLines } from './use-rule-lines.ts';

interface Props {
  before: Guideline;
  after: Guideline;
}

/** What a version changed of the one before it: the rules a machine can check, then the text. */
export function GuidelineDiff({ before, after }: Props) {
  const t = useText();
  const ruleLines = useRuleLines();
  const [open, setOpen] = useState(false);
  const whole = ({ rules, text }: Guideline) => [...ruleLines(rules), text].join('\n');
  return (
    <div>
      <Button size="compact-xs" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('projects.guidelines.compare', { version: before.version })}
      </Button>
      {open && <TextDiff before={whole(before)} after={whole(after)} />}
    </div>
  );
}
