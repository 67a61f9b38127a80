import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Modality } from '#shared/domain/project.ts';
import { useCommand } from '#renderer/client/use-command.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Fields, FormActions } from '#renderer/ui/form.tsx';
import { usePickPath } from '#renderer/ui/path-picker.tsx';

/** What can be started without a folder. */
const modalities = ['image', 'audio', 'text', 'elsewhere'] as const satisfies readonly Modality[];

/** Starts a project by name (for work in other tools, say), or from a pack a colleague handed on. */
export function NewProject() {
  const t = useText();
  const [open, setOpen] = useState<string | null>(null);
  const { pick, dialog } = usePickPath();
  const choosePack = async () => {
    const path = await pick({ mode: 'file', title: t('projects.pack.choose'), endings: ['json'] });
    if (path !== null) setOpen(path);
  };
  const close = () => setOpen(null);
  return (
    <>
      <Button variant="default" onClick={() => void choosePack()}>
        {t('projects.pack.import')}
      </Button>
      <Button onClick={() => setOpen('new')}>{t('projects.new.action')}</Button>
      {dialog}
      <Modal opened={open === 'new'} onClose={close} title={t('projects.new.title')} size={440} withCloseButton={false}>
        <NewForm onClose={close} />
      </Modal>
      <Modal
        opened={open !== null && open !== 'new'}
        onClose={close}
        title={t('projects.pack.title')}
        size={520}
        withCloseButton={false}
      >
        {open !== null && open !== 'new' && <PackForm path={open} onClose={close} />}
      </Modal>
    </>
  );
}

function NewForm({ onClose }: { onClose: () => void }) {
  const t = useText();
  const [name, setName] = useState('');
  const [modality, setModality] = useState<Modality>('image');
  const create = useCommand('projects.create');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const made = await create.run({ name: name.trim(), client: null, intermediary: null, modality, labels: [] });
    if (made) navigate('projects', { projectId: made.projectId });
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Fields>
        <TextInput
          data-autofocus
          label={t('projects.fields.name')}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
          required
        />
        <Select
          label={t('projects.fields.modality')}
          data={modalities.map((value) => ({ value, label: t(`projects.modalities.${value}`) }))}
          value={modality}
          onChange={(value) => value && setModality(value as Modality)}
        />
        <ErrorNotice error={create.error} />
        <FormActions>
          <Button variant="default" onClick={onClose}>
            {t('ui.confirm.cancel')}
          </Button>
          <Button type="submit" loading={create.running} disabled={name.trim() === ''}>
            {t('projects.new.confirm')}
          </Button>
        </FormActions>
      </Fields>
    </form>
  );
}

function PackForm({ path, onClose }: { path: string; onClose: () => void }) {
  const t = useText();
  const pack = useQuery('packs.preview', { path });
  const take = useCommand('packs.import');
  const [typed, setTyped] = useState<string | null>(null);
  const name = typed ?? pack.data?.project.name ?? '';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const made = await take.run({ path, name: name.trim() });
    if (made) navigate('projects', { projectId: made.projectId });
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Fields>
        <ErrorNotice error={pack.error} />
        {pack.data && (
          <>
            <p>
              {t('projects.pack.holds', {
                labels: pack.data.project.labels.length,
                guidelines: pack.data.guidelines.length,
                rulings: pack.data.rulings.length,
                terms: pack.data.terms.length,
              })}
            </p>
            <TextInput
              data-autofocus
              label={t('projects.fields.name')}
              value={name}
              maxLength={200}
              onChange={(event) => setTyped(event.currentTarget.value)}
              required
            />
          </>
        )}
        <ErrorNotice error={take.error} />
        <FormActions>
          <Button variant="default" onClick={onClose}>
            {t('ui.confirm.cancel')}
          </Button>
          <Button type="submit" loading={take.running} disabled={!pack.data || name.trim() === ''}>
            {t('projects.pack.take')}
          </Button>
        </FormActions>
      </Fields>
    </form>
  );
}
