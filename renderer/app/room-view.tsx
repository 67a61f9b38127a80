import { Button } from '@mantine/core';
import { Component, lazy, Suspense, type ComponentType, type LazyExoticComponent, type ReactNode } from 'react';
import { text } from '#renderer/i18n/i18n.ts';
import type { RoomId } from '#renderer/lib/route.store.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { roomOf } from './rooms.ts';

const pages = new Map<RoomId, LazyExoticComponent<ComponentType>>();

function pageOf(id: RoomId): LazyExoticComponent<ComponentType> | null {
  const room = roomOf(id);
  if (!room) return null;
  const page = pages.get(id) ?? lazy(async () => ({ default: await room.load() }));
  pages.set(id, page);
  return page;
}

/** The open room. A fault in it stays in it: the rail and the other rooms go on. */
export function RoomView({ id }: { id: RoomId }) {
  const Page = pageOf(id);
  if (!Page) return null;
  return (
    <RoomBoundary key={id} onAgain={() => pages.delete(id)}>
      <Suspense fallback={null}>
        <Page />
      </Suspense>
    </RoomBoundary>
  );
}

interface BoundaryProps {
  children: ReactNode;
  onAgain: () => void;
}

class RoomBoundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    const again = () => {
      this.props.onAgain();
      this.setState({ failed: false });
    };
    return (
      <EmptyState
        title={text('app.roomFailed.title')}
        sentence={text('app.roomFailed.body')}
        action={
          <Button variant="default" onClick={again}>
            {text('app.roomFailed.again')}
          </Button>
        }
      />
    );
  }
}
