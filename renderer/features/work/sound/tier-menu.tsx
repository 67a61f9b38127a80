import { Menu, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconPencil, IconPlus } from '@tabler/icons-react';
import { useText } from '#renderer/i18n/i18n.ts';
import { runBound } from '#renderer/lib/action.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import type { Tiers } from './use-tiers.ts';
import classes from './sound-foot.module.css';

/** The tier that new segments come to, and the way to further ones. */
export function TierMenu({ tiers }: { tiers: Tiers }) {
  const t = useText();
  const named = (tier: string) => tier || t('work.sound.wave.noTier');
  return (
    <Menu position="top-start" width={240} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton
          className={classes.tier}
          aria-label={t('work.sound.tier.active', { name: named(tiers.active) })}
        >
          <span className={classes.tierName}>{named(tiers.active)}</span>
          <IconChevronDown size={13} stroke={1.8} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {tiers.all.map((tier) => (
          <Menu.Item key={tier} data-current={tier === tiers.active || undefined} onClick={() => tiers.choose(tier)}>
            {named(tier)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPlus size={15} stroke={1.6} aria-hidden />}
          rightSection={<KeyHint of="sound.tier-add" keys="Shift+T" />}
          onClick={() => runBound('sound.tier-add')}
        >
          {t('work.sound.actions.tierAdd')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPencil size={15} stroke={1.6} aria-hidden />}
          onClick={() => runBound('sound.tier-rename')}
        >
          {t('work.sound.actions.tierRename')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
