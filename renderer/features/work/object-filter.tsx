import { ActionIcon, Button, Popover, Select, Tooltip } from '@mantine/core';
import { IconFilter, IconFilterFilled } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import type { Shape } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { answersGiven, anyObject, isFiltering, isMeant, type ObjectFilter } from '#shared/rules/object-filter.rules.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useActions } from '#renderer/lib/action.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { objectFilterStore } from './object-filter.store.ts';
import { isDisposed } from './use-image-canvas.ts';
import classes from './object-list.module.css';

interface Props {
  labels: LabelSet;
  canvas: ImageCanvas;
  shapes: readonly Shape[];
}

/** Stands for "any" and "no answer" in fields that hold text alone; answers can't begin like this. */
const any = '\u0000any';
const open = '\u0000open';

/** The objects that are meant by the filter, which shows all others faintly on the photo. */
export function useMeantShapes(canvas: ImageCanvas, shapes: readonly Shape[]): readonly Shape[] {
  const filter = objectFilterStore((state) => state.filter);
  useEffect(() => {
    canvas.setMeant(isFiltering(filter) ? (shape) => isMeant(filter, shape) : null);
    return () => {
      if (!isDisposed(canvas)) canvas.setMeant(null);
    };
  }, [canvas, filter]);
  return useMemo(
    () => (isFiltering(filter) ? shapes.filter((shape) => isMeant(filter, shape)) : shapes),
    [filter, shapes],
  );
}

/** Narrows the objects to those of a class, or with an answer. */
export function ObjectFilterButton({ labels, canvas, shapes }: Props) {
  const t = useText();
  const { filter, open: isOpen } = objectFilterStore();
  const isOn = isFiltering(filter);
  const setOpen = (next: boolean) => objectFilterStore.setState({ open: next });
  const narrow = (by: Partial<ObjectFilter>) => {
    // What is not meant any more is not to be worked on unseen.
    const next = { ...filter, ...by };
    objectFilterStore.setState({ filter: next });
    canvas.select(
      canvas.doc.shapes.flatMap((s) => (canvas.selection.includes(s.id) && isMeant(next, s) ? [s.id] : [])),
    );
  };
  useActions({ 'work.filter-objects': () => setOpen(!isOpen) });
  const FilterIcon = isOn ? IconFilterFilled : IconFilter;
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="left-start"
      // Beside the panel, so that the list is seen while it is narrowed.
      offset={228}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <Tooltip
          disabled={isOpen}
          label={
            <span className={classes.tip}>
              {t('work.actions.filterObjects')} <KeyHint of="work.filter-objects" keys="Ctrl+F" />
            </span>
          }
        >
          <ActionIcon
            size={22}
            aria-label={t('work.actions.filterObjects')}
            aria-pressed={isOn}
            data-on={isOn || undefined}
            className={classes.filter}
            onClick={() => setOpen(!isOpen)}
          >
            <FilterIcon size={14} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className={classes.filterBox}>
        <FilterFields labels={labels} shapes={shapes} filter={filter} onNarrow={narrow} />
        <Button size="xs" variant="default" disabled={!isOn} onClick={() => (narrow(anyObject), setOpen(false))}>
          {t('work.filter.none')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

function FilterFields({
  labels,
  shapes,
  filter,
  onNarrow,
}: {
  labels: LabelSet;
  shapes: readonly Shape[];
  filter: ObjectFilter;
  onNarrow: (by: Partial<ObjectFilter>) => void;
}) {
  const t = useText();
  const used = new Set([...shapes.map(({ label }) => label), filter.label]);
  const ofClass = filter.label === null ? shapes : shapes.filter(({ label }) => label === filter.label);
  const given = answersGiven(labels, ofClass);
  const question = given.find(({ name }) => name === filter.attribute);
  const values = [...new Set([...(question?.values ?? []), ...(filter.attribute === null ? [] : [filter.value])])];
  const field = { size: 'xs', comboboxProps: { withinPortal: false } } as const;
  return (
    <>
      <Select
        {...field}
        data-autofocus
        label={t('work.filter.class')}
        data={[
          { value: any, label: t('work.filter.any') },
          ...labels.filter(({ key }) => used.has(key)).map(({ key, name }) => ({ value: key, label: name || key })),
        ]}
        value={filter.label ?? any}
        onChange={(key) => onNarrow({ ...anyObject, label: key === any ? null : key })}
      />
      {(given.length > 0 || filter.attribute !== null) && (
        <Select
          {...field}
          label={t('work.filter.attribute')}
          data={[
            { value: any, label: t('work.filter.any') },
            ...given.map(({ name, title }) => ({ value: name, label: title })),
          ]}
          value={filter.attribute ?? any}
          onChange={(name) => {
            const wanted = name === any ? null : name;
            onNarrow({ attribute: wanted, value: given.find((each) => each.name === wanted)?.values[0] ?? null });
          }}
        />
      )}
      {filter.attribute !== null && (
        <Select
          {...field}
          label={t('work.filter.value')}
          data={values.map((value) => ({ value: value ?? open, label: value ?? t('work.filter.unanswered') }))}
          value={filter.value ?? open}
          onChange={(value) => onNarrow({ value: value === open ? null : value })}
        />
      )}
    </>
  );
}
