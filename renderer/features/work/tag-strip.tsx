import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconTagPlus, IconX } from '@tabler/icons-react';
import type { Shape } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { labelColorOf, labelName } from './label-name.ts';
import { useCanvasValue } from './use-image-canvas.ts';
import classes from './tag-strip.module.css';

interface Props {
  labels: LabelSet;
  canvas: ImageCanvas;
  shapes: readonly Shape[];
}

/** What is said of the photo as a whole: its tags, each taken away by a click. */
export function TagStrip({ labels, canvas, shapes }: Props) {
  const t = useText();
  const tags = shapes.filter(({ geometry }) => geometry.type === 'tag');
  const nameOf = (key: string | null) => labelName(labels, key) ?? t('work.objects.noClass');
  const remove = (tag: Shape) => {
    canvas.select([tag.id]);
    canvas.command('delete');
  };
  if (tags.length === 0) return null;
  return (
    <div className={classes.strip} role="group" aria-label={t('work.tags.title')}>
      {tags.map((tag) => (
        <UnstyledButton
          key={tag.id}
          className={classes.tag}
          aria-label={t('work.tags.remove', { name: nameOf(tag.label) })}
          onClick={() => remove(tag)}
        >
          <i className={classes.color} style={{ background: labelColorOf(labels, tag.label) ?? 'transparent' }} />
          <span className={classes.name}>{nameOf(tag.label)}</span>
          <IconX size={11} stroke={2} aria-hidden />
        </UnstyledButton>
      ))}
    </div>
  );
}

/** Tags the photo with the class in hand; not there while it has that tag. */
export function TagButton({ labels, canvas, shapes }: Props) {
  const t = useText();
  const next = useCanvasValue(canvas, 'label', (present) => present.label);
  const isThere = shapes.some(({ geometry, label }) => geometry.type === 'tag' && label === next);
  if (next === null || isThere) return null;
  const words = t('work.tags.add', { name: labelName(labels, next) ?? next });
  return (
    <Tooltip
      label={
        <span className={classes.tip}>
          {words}
          <KeyHint of="canvas.tag" keys="Shift+T" />
        </span>
      }
    >
      <UnstyledButton
        className={classes.add}
        aria-label={words}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => canvas.command('tag')}
      >
        <IconTagPlus size={15} stroke={1.6} aria-hidden />
      </UnstyledButton>
    </Tooltip>
  );
}
