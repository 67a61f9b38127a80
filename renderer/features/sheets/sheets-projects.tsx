import { Select } from '@mantine/core';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { SheetMapping } from '#shared/domain/sheet-mapping.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import type { Seen } from './use-sheet.ts';
import classes from './sheets.module.css';

interface Props {
  seen: Seen;
  mapping: SheetMapping;
  onChange: (next: Partial<SheetMapping>) => void;
}

const none = 'none';

/** Where one table has rows of several projects: the column that names them, and which project each name means. What is not known is asked. */
export function SheetProjects({ seen, mapping, onChange }: Props) {
  const t = useText();
  const format = useFormat();
  const known = useQuery('projects.list', {}, { topics: ['projects'] }).data?.projects ?? [];
  const { projects } = mapping;
  const list = projects && seen.projects?.column === projects.column ? seen.projects.list : [];
  const chooseColumn = (column: string | null) => {
    const found = column !== null && seen.projects?.column === column ? seen.projects.list : [];
    const names = found.flatMap(({ name: value, project }) => (project === null ? [] : [{ value, project }]));
    onChange({ projects: column === null ? undefined : { column, names } } as Partial<SheetMapping>);
  };
  const choose = (value: string, project: ProjectId | null) => {
    if (!projects) return;
    const names = [...projects.names.filter((each) => each.value !== value), { value, project }];
    onChange({ projects: { ...projects, names } });
  };
  return (
    <div className={classes.columns} role="group" aria-label={t('sheets.projects.title')}>
      <Select
        label={t('sheets.projects.column')}
        description={t('sheets.projects.hint')}
        placeholder={t('sheets.projects.one')}
        data={seen.columns.map(({ name }) => name)}
        value={projects?.column ?? null}
        clearable
        searchable
        onChange={chooseColumn}
      />
      {list.map(({ name, rows, project: guessed }) => {
        const said = projects?.names.find(({ value }) => value === name);
        return (
          <Select
            key={name}
            label={t('sheets.projects.means', { name })}
            description={t('sheets.projects.rows', { count: rows, formatted: format.number(rows, 0) })}
            placeholder={guessed === null ? t('sheets.projects.unknown') : ''}
            data={[
              { value: none, label: t('sheets.becomes.noProject') },
              ...known.map(({ id, name: label }) => ({ value: id, label })),
            ]}
            value={said === undefined ? null : (said.project ?? none)}
            {...(said === undefined ? { error: t('sheets.projects.ask') } : {})}
            searchable
            allowDeselect={false}
            onChange={(id) => id !== null && choose(name, id === none ? null : (id as ProjectId))}
          />
        );
      })}
    </div>
  );
}
