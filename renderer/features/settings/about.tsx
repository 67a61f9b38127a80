import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { Facts, Section } from '#renderer/ui/form.tsx';

/** Which window this is and on what it runs. */
export function About() {
  const t = useText();
  const host = useQuery('host.capabilities', {});
  if (!host.data) return null;
  return (
    <Section title={t('settings.about.title')}>
      <Facts
        facts={[
          { name: t('settings.about.host'), value: t(`settings.about.hosts.${host.data.host}`) },
          ...Object.entries(host.data.versions).map(([name, value]) => ({ name, value })),
        ]}
      />
    </Section>
  );
}
