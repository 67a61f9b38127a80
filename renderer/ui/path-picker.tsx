import { ActionIcon, Button, Modal, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowUp, IconFile, IconFolder } from '@tabler/icons-react';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { ErrorNotice } from './error-notice.tsx';
import classes from './path-picker.module.css';

/** What to choose. `endings` without a dot. */
export type PickOptions =
  | { mode: 'folder'; title: string }
  | { mode: 'file'; title: string; endings: readonly string[] }
  | { mode: 'save'; title: string; suggestedName: string };

interface Asked {
  options: PickOptions;
  answer: (path: string | null) => void;
}

/**
 * Asks for a path: `const { pick, dialog } = usePickPath();` render `{dialog}`, then `await pick({ mode: 'folder', title })` answers
 * the absolute path, or null when given up. The system's own dialog is used where the host has one.
 */
export function usePickPath(): { pick: (options: PickOptions) => Promise<string | null>; dialog: ReactNode } {
  const client = useClient();
  const host = useQuery('host.capabilities', {});
  const [asked, setAsked] = useState<Asked | null>(null);

  const pick = async (options: PickOptions): Promise<string | null> => {
    try {
      const { title } = options;
      if (options.mode === 'folder' && host.data?.chooseFolder) {
        return (await client.call('host.chooseFolder', { title })).path;
      }
      if (options.mode === 'save' && host.data?.chooseSaveFile) {
        return (await client.call('host.chooseSaveFile', { title, suggestedName: options.suggestedName })).path;
      }
    } catch {
      // A system dialog that does not open is no reason to stop: the window's own browser does the same.
    }
    return new Promise((answer) => setAsked({ options, answer }));
  };
  const finish = (path: string | null) => {
    asked?.answer(path);
    setAsked(null);
  };
  const dialog = (
    <Modal
      opened={asked !== null}
      onClose={() => finish(null)}
      title={asked?.options.title}
      size={640}
      withCloseButton={false}
    >
      {asked && <Browser options={asked.options} onPick={finish} />}
    </Modal>
  );
  return { pick, dialog };
}

const useKeys = { folder: 'ui.path.use', file: 'ui.path.useFile', save: 'ui.path.save' } as const;

type Listing = Output<'files.browse'>;

function Browser({ options, onPick }: { options: PickOptions; onPick: (path: string | null) => void }) {
  const t = useText();
  const [path, setPath] = useState<string | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [file, setFile] = useState<string | null>(null);
  const [name, setName] = useState(options.mode === 'save' ? options.suggestedName : '');
  const listing = useQuery('files.browse', { path, endings: options.mode === 'file' ? [...options.endings] : [] });
  const here = listing.error ? undefined : listing.data;
  const list = useRef<HTMLDivElement>(null);

  const open = (next: string | null) => {
    setPath(next);
    setTyped(null);
    setFile(null);
    list.current?.scrollTo(0, 0);
  };
  const go = (event: FormEvent) => {
    event.preventDefault();
    if (typed !== null && typed.trim() !== '') open(typed.trim());
  };
  // The starting places (home, drives) have no path of their own.
  const isFolder = here !== undefined && path !== null;
  const result =
    options.mode === 'file' ? file : !isFolder ? null : options.mode === 'save' ? within(here.path, name) : here.path;

  return (
    <div className={classes.browser}>
      <form className={classes.address} onSubmit={go}>
        <Tooltip label={t('ui.path.up')}>
          <ActionIcon
            variant="default"
            size={32}
            aria-label={t('ui.path.up')}
            disabled={path === null}
            onClick={() => open(here?.parent ?? null)}
          >
            <IconArrowUp size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <TextInput
          className={classes.grow}
          data-autofocus
          aria-label={t('ui.path.address')}
          placeholder={t('ui.path.places')}
          spellCheck={false}
          value={typed ?? (path === null ? '' : (here?.path ?? path))}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={typed === null}>
          {t('ui.path.go')}
        </Button>
      </form>
      <ErrorNotice error={listing.error} />
      <div ref={list} className={classes.list} role="group" aria-label={t('ui.path.list')} aria-busy={listing.fetching}>
        {here && <Entries here={here} file={file} onOpen={open} onFile={setFile} onTake={onPick} />}
      </div>
      {here && isFolder && options.mode === 'folder' && <Counts photos={here.photos} recordings={here.recordings} />}
      {here?.cut && <p className={classes.note}>{t('ui.path.cut')}</p>}
      {options.mode === 'save' && (
        <TextInput
          label={t('ui.path.fileName')}
          value={name}
          spellCheck={false}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <div className={classes.actions}>
        <Button variant="default" onClick={() => onPick(null)}>
          {t('ui.confirm.cancel')}
        </Button>
        <Button disabled={result === null} onClick={() => onPick(result)}>
          {t(useKeys[options.mode])}
        </Button>
      </div>
    </div>
  );
}

interface EntriesProps {
  here: Listing;
  file: string | null;
  onOpen: (path: string) => void;
  onFile: (path: string) => void;
  onTake: (path: string) => void;
}

function Entries({ here, file, onOpen, onFile, onTake }: EntriesProps) {
  const t = useText();
  const format = useFormat();
  if (here.folders.length === 0 && here.files.length === 0) {
    return <p className={classes.note}>{t('ui.path.empty')}</p>;
  }
  return (
    <>
      {here.folders.map((folder) => (
        <UnstyledButton key={folder.path} className={classes.entry} onClick={() => onOpen(folder.path)}>
          <IconFolder size={16} stroke={1.6} aria-hidden />
          <span className={classes.name}>{folder.name}</span>
        </UnstyledButton>
      ))}
      {here.files.map(({ name, path, bytes }) => (
        <UnstyledButton
          key={path}
          className={classes.entry}
          aria-pressed={path === file}
          onClick={() => onFile(path)}
          onDoubleClick={() => onTake(path)}
        >
          <IconFile size={16} stroke={1.6} aria-hidden />
          <span className={classes.name}>{name}</span>
          <span className={classes.bytes}>{format.bytes(bytes)}</span>
        </UnstyledButton>
      ))}
    </>
  );
}

function Counts({ photos, recordings }: { photos: number; recordings: number }) {
  const t = useText();
  const format = useFormat();
  const told = [
    (photos > 0 || recordings === 0) && t('ui.path.photos', { count: photos, formatted: format.number(photos, 0) }),
    recordings > 0 && t('ui.path.recordings', { count: recordings, formatted: format.number(recordings, 0) }),
  ];
  return <p className={classes.note}>{told.filter(Boolean).join(' · ')}</p>;
}

/** A file name below a folder, with the separator the folder's own path uses; null while the name is no name. */
function within(folder: string, name: string): string | null {
  const trimmed = name.trim();
  if (trimmed === '' || /[/\\]/.test(trimmed)) return null;
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return folder.endsWith(separator) ? folder + trimmed : folder + separator + trimmed;
}

interface PathFieldProps {
  label: string;
  description?: string;
  value: string;
  onChange: (path: string) => void;
  options: PickOptions;
  /** What is wrong with it, with what can be done about it. */
  error?: ReactNode;
  required?: boolean;
  /** The dialog it is in begins here. */
  startsHere?: boolean;
}

/** A path to type or to choose. */
export function PathField({ value, onChange, options, startsHere = false, ...shown }: PathFieldProps) {
  const t = useText();
  const { pick, dialog } = usePickPath();
  const browse = async () => {
    const path = await pick(options);
    if (path !== null) onChange(path);
  };
  return (
    <>
      <TextInput
        {...shown}
        value={value}
        spellCheck={false}
        data-autofocus={startsHere || undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
        inputContainer={(input) => besideIt(input, t('ui.path.browse'), browse)}
      />
      {dialog}
    </>
  );
}

/** Beside the field itself, whatever stands above and below it. */
function besideIt(input: ReactNode, words: string, browse: () => Promise<void>): ReactNode {
  return (
    <div className={classes.field}>
      <div className={classes.grow}>{input}</div>
      <Button variant="default" onClick={() => void browse()}>
        {words}
      </Button>
    </div>
  );
}
