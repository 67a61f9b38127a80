import { Button, Modal, NumberInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useText } from '#renderer/i18n/i18n.ts';
import { Fields, FormActions } from '#renderer/ui/form.tsx';
import { farthestPhoto } from './sequence-steps.ts';
import type { CarryQuestion } from './use-sequence-actions.ts';

/** Asks to how many further photos the selection goes; the answer is remembered. */
export function CarryDialog({ question }: { question: CarryQuestion }) {
  const t = useText();
  return (
    <Modal
      opened={question.isOpen}
      onClose={question.close}
      title={t('work.carry.title')}
      size={400}
      withCloseButton={false}
    >
      {question.isOpen && <CarryForm question={question} />}
    </Modal>
  );
}

function CarryForm({ question }: { question: CarryQuestion }) {
  const t = useText();
  const [count, setCount] = useState<number | string>(question.count);
  const ready = typeof count === 'number' && count >= 1;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) question.carry(count);
  };
  return (
    <form onSubmit={submit}>
      <Fields>
        <NumberInput
          data-autofocus
          required
          label={t('work.carry.count')}
          description={t('work.carry.lead')}
          min={1}
          max={farthestPhoto}
          clampBehavior="strict"
          allowDecimal={false}
          allowNegative={false}
          value={count}
          onChange={setCount}
          onFocus={(event) => event.currentTarget.select()}
        />
        <FormActions>
          <Button variant="default" onClick={question.close}>
            {t('ui.confirm.cancel')}
          </Button>
          <Button type="submit" disabled={!ready}>
            {t('work.carry.go')}
          </Button>
        </FormActions>
      </Fields>
    </form>
  );
}
