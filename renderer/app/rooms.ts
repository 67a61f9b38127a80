import {
  IconArrowBackUp,
  IconBook2,
  IconCalendarTime,
  IconChartBar,
  IconCoin,
  IconFolders,
  IconNotebook,
  IconPercentage,
  IconPhotoEdit,
  IconSchool,
  IconSettings,
  type Icon,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { LocaleKey } from '#renderer/i18n/i18n.ts';
import type { RoomId } from '#renderer/lib/route.store.ts';

/** A room: what the rail shows and what opens. */
export interface Room {
  id: RoomId;
  labelKey: LocaleKey;
  /** Rooms without an icon are not in the rail: one gets there from another room or the palette. */
  icon?: Icon;
  shortcut?: string;
  load: () => Promise<ComponentType>;
  /** At the lower end of the rail. */
  last?: boolean;
}

/**
 * Every room there is, in the order of the rail. To add one: its parameters in lib/route.store.ts, its page in
 * features/<feature>/<feature>-page.tsx, and a line here (order: work, today, week and month, ledger, returns, projects, settings).
 */
export const rooms: readonly Room[] = [
  {
    id: 'start',
    labelKey: 'app.rooms.start',
    load: async () => (await import('#renderer/features/start/start-page.tsx')).StartPage,
  },
  {
    id: 'work',
    labelKey: 'app.rooms.work',
    icon: IconPhotoEdit,
    shortcut: 'Alt+W',
    load: async () => (await import('#renderer/features/work/work-page.tsx')).WorkPage,
  },
  {
    id: 'today',
    labelKey: 'app.rooms.today',
    icon: IconCalendarTime,
    shortcut: 'Alt+T',
    load: async () => (await import('#renderer/features/today/today-page.tsx')).TodayPage,
  },
  {
    id: 'period',
    labelKey: 'app.rooms.period',
    icon: IconChartBar,
    shortcut: 'Alt+M',
    load: async () => (await import('#renderer/features/period/period-page.tsx')).PeriodPage,
  },
  {
    id: 'elsewhere',
    labelKey: 'app.rooms.elsewhere',
    load: async () => (await import('#renderer/features/elsewhere/elsewhere-page.tsx')).ElsewherePage,
  },
  {
    id: 'ledger',
    labelKey: 'app.rooms.ledger',
    icon: IconBook2,
    shortcut: 'Alt+L',
    load: async () => (await import('#renderer/features/ledger/ledger-page.tsx')).LedgerPage,
  },
  {
    id: 'returns',
    labelKey: 'app.rooms.returns',
    icon: IconArrowBackUp,
    shortcut: 'Alt+B',
    load: async () => (await import('#renderer/features/returns/returns-page.tsx')).ReturnsPage,
  },
  {
    id: 'accuracy',
    labelKey: 'app.rooms.accuracy',
    icon: IconPercentage,
    load: async () => (await import('#renderer/features/accuracy/accuracy-page.tsx')).AccuracyPage,
  },
  {
    id: 'notebook',
    labelKey: 'app.rooms.notebook',
    icon: IconNotebook,
    load: async () => (await import('#renderer/features/notebook/notebook-page.tsx')).NotebookPage,
  },
  {
    id: 'pay',
    labelKey: 'app.rooms.pay',
    icon: IconCoin,
    shortcut: 'Alt+Y',
    load: async () => (await import('#renderer/features/pay/pay-page.tsx')).PayPage,
  },
  {
    id: 'training',
    labelKey: 'app.rooms.training',
    icon: IconSchool,
    shortcut: 'Alt+C',
    load: async () => (await import('#renderer/features/training/training-page.tsx')).TrainingPage,
  },
  {
    id: 'projects',
    labelKey: 'app.rooms.projects',
    icon: IconFolders,
    shortcut: 'Alt+P',
    load: async () => (await import('#renderer/features/projects/projects-page.tsx')).ProjectsPage,
  },
  {
    id: 'judgements',
    labelKey: 'app.rooms.judgements',
    load: async () => (await import('#renderer/features/judgements/judgements-page.tsx')).JudgementsPage,
  },
  {
    id: 'statement',
    labelKey: 'app.rooms.statement',
    load: async () => (await import('#renderer/features/statement/statement-page.tsx')).StatementPage,
  },
  {
    id: 'figures',
    labelKey: 'app.rooms.figures',
    load: async () => (await import('#renderer/features/figures/figures-page.tsx')).FiguresPage,
  },
  {
    id: 'sheets',
    labelKey: 'app.rooms.sheets',
    load: async () => (await import('#renderer/features/sheets/sheets-page.tsx')).SheetsPage,
  },
  {
    id: 'settings',
    labelKey: 'app.rooms.settings',
    icon: IconSettings,
    shortcut: 'Ctrl+,',
    last: true,
    load: async () => (await import('#renderer/features/settings/settings-page.tsx')).SettingsPage,
  },
];

/** A room by id; undefined when it does not exist yet. */
export function roomOf(id: RoomId): Room | undefined {
  return rooms.find((room) => room.id === id);
}

/** The room a start that is not the first one opens: the first of the rail. */
export const firstRoom: RoomId = rooms.find((room) => room.icon)?.id ?? 'settings';
