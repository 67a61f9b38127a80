import { Button } from '@mantine/core';
import { text } from '#renderer/i18n/i18n.ts';
import type { RoomId } from '#renderer/lib/route.store.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Boundary } from './boundary.tsx';
import { roomOf, type Room } from './rooms.ts';
import { useLoaded } from './use-loaded.ts';

/** The open room. A fault in it stays in it: the rail and the other rooms go on. */
export function RoomView({ id }: { id: RoomId }) {
  const room = roomOf(id);
  return (
    room && (
      <Boundary key={id} renderFault={(again) => <Fault onAgain={again} />}>
        <LoadedRoom room={room} />
      </Boundary>
    )
  );
}

function LoadedRoom({ room }: { room: Room }) {
  const { Component: Page, failed, again } = useLoaded(room.id, room.load);
  if (failed) return <Fault onAgain={again} />;
  return Page && <Page />;
}

function Fault({ onAgain }: { onAgain: () => void }) {
  return (
    <EmptyState
      title={text('app.roomFailed.title')}
      sentence={text('app.roomFailed.body')}
      action={
        <Button variant="default" onClick={onAgain}>
          {text('app.roomFailed.again')}
        </Button>
      }
    />
  );
}
