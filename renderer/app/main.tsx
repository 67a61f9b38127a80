import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ClientProvider } from '#renderer/client/client-context.tsx';
import { connect } from '#renderer/client/connect.ts';
import { Root } from './root.tsx';

const place = document.getElementById('root');
if (!place) throw new Error('the page has no root element');

createRoot(place).render(
  <StrictMode>
    <ClientProvider client={connect()}>
      <Root />
    </ClientProvider>
  </StrictMode>,
);
