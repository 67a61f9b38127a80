import { NativeSelect } from '@mantine/core';
import type { Output } from '#shared/contract/contract.ts';
import type { TextMapping } from '#shared/domain/text-mapping.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { type ColumnRole, roleOf, rolesFor, withRole } from './column-roles.ts';
import classes from './text-exchange.module.css';

interface Props {
  preview: Output<'texts.preview'>;
  mapping: TextMapping;
  onChange: (mapping: TextMapping) => void;
}

/** The columns of a file, each with what stands in it first and what it becomes. */
export function ColumnTable({ preview, mapping, onChange }: Props) {
  const t = useText();
  const format = useFormat();
  const roleWords = (role: ColumnRole): string =>
    role.startsWith('model.')
      ? t('work.texts.roles.model', { place: Number(role.slice(6)) + 1 })
      : t(`work.texts.roles.${role as Exclude<ColumnRole, `model.${number}`>}`);
  const placed = (role: ColumnRole, path: string): string => {
    if (role === 'candidate' && mapping.candidates.length > 1) {
      return t('work.texts.roles.candidateAt', { place: mapping.candidates.indexOf(path) + 1 });
    }
    if (role === 'prompt' && mapping.prompt.length > 1) {
      return t('work.texts.roles.promptAt', { place: mapping.prompt.indexOf(path) + 1 });
    }
    return roleWords(role);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key
    <div className={classes.columns} tabIndex={0} role="group" aria-label={t('work.texts.columns')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t('work.texts.column')}</th>
            <th>{t('work.texts.sample')}</th>
            <th className={classes.role}>{t('work.texts.becomes')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.columns.map(({ path, sample, rows }) => {
            const role = roleOf(mapping, path);
            return (
              <tr key={path} data-kept={role === 'keep' || undefined}>
                <th scope="row">
                  <span className={classes.path}>{path}</span>
                  {rows < preview.rows && (
                    <span className={classes.share}>
                      {t('work.texts.inRows', {
                        count: preview.rows,
                        rows: format.number(rows, 0),
                        of: format.number(preview.rows, 0),
                      })}
                    </span>
                  )}
                </th>
                <td>
                  <span className={classes.sample} title={sample}>
                    {sample}
                  </span>
                </td>
                <td className={classes.role}>
                  <NativeSelect
                    size="xs"
                    aria-label={t('work.texts.becomesOf', { column: path })}
                    data={rolesFor(mapping, role).map((value) => ({
                      value,
                      label: value === role ? placed(value, path) : roleWords(value),
                    }))}
                    value={role}
                    onChange={(event) => onChange(withRole(mapping, path, event.currentTarget.value as ColumnRole))}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
