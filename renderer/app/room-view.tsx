import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { text } from '#renderer/i18n/i18n.ts';
import type { RoomId } from '#renderer/lib/route.store.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { roomOf, type Room } from './rooms.ts';
import { useLoaded } from './use-loaded.ts';

/** The open room. A fault in it stays in it: the rail and the other rooms go on. */
export function RoomView({ id }: { id: RoomId }) {
  const room = roomOf(id);
  return (
    room && (
      <RoomBoundary key={id}>
        <LoadedRoom room={room} />
      </RoomBoundary>
    )
  );
}

function LoadedRoom({ room }: { room: Room }) {
  const { Component: Page, failed, again } = useLoaded(room.id, room.load);
  if (failed) return <Fault onAgain={again} />;
  return Page && <Page />;
}

class RoomBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Fault onAgain={() => this.setState({ failed: false })} /> : this.props.children;
  }
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
