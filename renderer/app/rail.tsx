import { Tooltip, UnstyledButton } from '@mantine/core';
import { useText } from '#renderer/i18n/i18n.ts';
import { navigate, useRoute } from '#renderer/lib/route.store.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { rooms, type Room } from './rooms.ts';
import classes from './rail.module.css';

/** The slim rail at the left: one icon a room, its name on hover and focus. */
export function Rail() {
  const t = useText();
  return (
    <nav className={classes.rail} aria-label={t('app.rail')}>
      {rooms
        .filter((room) => room.icon)
        .map((room) => (
          <RailButton key={room.id} room={room} />
        ))}
    </nav>
  );
}

function RailButton({ room }: { room: Room }) {
  const t = useText();
  const present = useRoute().room === room.id;
  const label = t(room.labelKey);
  const RoomIcon = room.icon;
  if (!RoomIcon) return null;
  const name = (
    <span className={classes.tip}>
      {label}
      {room.shortcut && <KeyHint of={`app.go-${room.id}`} keys={room.shortcut} />}
    </span>
  );
  return (
    <Tooltip label={name} position="right">
      <UnstyledButton
        className={classes.button}
        data-last={room.last || undefined}
        aria-label={label}
        aria-current={present ? 'page' : undefined}
        onClick={() => navigate(room.id, {})}
      >
        <RoomIcon size={20} stroke={1.6} aria-hidden />
      </UnstyledButton>
    </Tooltip>
  );
}
