import { Button, Modal, NumberInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { shiftSegments, type EditLimits } from '#shared/rules/segment-edits.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { FormActions } from '#renderer/ui/form.tsx';
import type { SoundDesk } from './sound-desk.ts';
import { soundStore } from './sound.store.ts';
import type { Tiers } from './use-tiers.ts';

interface Props {
  desk: SoundDesk;
  rate: number;
  tiers: Tiers;
  limits: EditLimits;
}

const close = () => soundStore.setState({ dialog: null });

/** What is asked for a shift of many, and for the name of a tier. */
export function SoundDialogs({ desk, rate, tiers, limits }: Props) {
  const dialog = soundStore((state) => state.dialog);
  if (dialog === 'shift') return <ShiftDialog desk={desk} rate={rate} limits={limits} />;
  if (dialog === 'tier-add') return <TierDialog tiers={tiers} />;
  if (dialog === 'tier-rename')
    return <TierDialog tiers={tiers} renamed={desk.current?.geometry.tier ?? tiers.active} />;
  return null;
}

/** By how much: the selected segments, or all where none is selected. */
function ShiftDialog({ desk, rate, limits }: Omit<Props, 'tiers'>) {
  const t = useText();
  const [ms, setMs] = useState<string | number>(0);
  const ids = desk.selection.length > 0 ? desk.selection : desk.doc.shapes.map(({ id }) => id);
  const shift = (event: FormEvent) => {
    event.preventDefault();
    if (typeof ms === 'number') desk.edit((doc) => shiftSegments(doc, ids, Math.round((ms * rate) / 1000), limits));
    close();
  };
  return (
    <Modal opened onClose={close} title={t('work.sound.shift.title')} size={420} withCloseButton={false}>
      <form onSubmit={shift}>
        <NumberInput
          data-autofocus
          required
          label={t('work.sound.shift.ms')}
          description={t('work.sound.shift.what', { count: ids.length })}
          value={ms}
          step={10}
          allowDecimal={false}
          onChange={setMs}
        />
        <FormActions>
          <Button variant="default" onClick={close}>
            {t('ui.confirm.cancel')}
          </Button>
          <Button type="submit" disabled={typeof ms !== 'number' || ms === 0}>
            {t('work.sound.shift.button')}
          </Button>
        </FormActions>
      </form>
    </Modal>
  );
}

function TierDialog({ tiers, renamed }: { tiers: Tiers; renamed?: string }) {
  const t = useText();
  const [name, setName] = useState(renamed ?? '');
  const [over, setOver] = useState(false);
  const wanted = name.trim();
  // Segments without a speaker may come to one there is already; two speakers are not made one by mistake.
  const taken = wanted !== renamed && renamed !== '' && tiers.all.includes(wanted);
  const take = (event: FormEvent) => {
    event.preventDefault();
    if (wanted === '' || taken) return;
    if (renamed === undefined) tiers.add(wanted);
    else if (!tiers.rename(renamed, wanted)) return setOver(true);
    close();
  };
  const title =
    renamed === undefined
      ? t('work.sound.tier.add')
      : renamed === ''
        ? t('work.sound.tier.nameNone')
        : t('work.sound.tier.rename', { name: renamed });
  return (
    <Modal opened onClose={close} title={title} size={420} withCloseButton={false}>
      <form onSubmit={take}>
        <TextInput
          data-autofocus
          required
          label={t('work.sound.tier.name')}
          value={name}
          maxLength={200}
          description={renamed === '' ? t('work.sound.tier.nameNoneWhat') : undefined}
          error={taken ? t('work.sound.tier.taken') : over ? t('work.sound.tier.over') : undefined}
          onChange={(event) => {
            setName(event.currentTarget.value);
            setOver(false);
          }}
        />
        <FormActions>
          <Button variant="default" onClick={close}>
            {t('ui.confirm.cancel')}
          </Button>
          <Button type="submit" disabled={wanted === '' || taken}>
            {t('work.sound.tier.take')}
          </Button>
        </FormActions>
      </form>
    </Modal>
  );
}
