import type { ReactNode } from 'react';
import { TablesToExport } from './tables-to-export.tsx';
import classes from './page.module.css';

interface Props {
  title: string;
  /** At the right of the title: the page's own actions. */
  actions?: ReactNode;
  /** Below the title, above the content: filters. */
  filters?: ReactNode;
  /** Beside the content: a `<SidePanel>`, or nothing. */
  side?: ReactNode;
  /**
   * `fill`: the content has its own scrolling and reaches the edges (tables, canvas). `read`: a column of text and forms
   * that scrolls as one.
   */
  layout?: 'fill' | 'read';
  children: ReactNode;
}

/**
 * The frame of a room: title bar, filters, content, side panel. Panels meet at hairlines. Where a table within offers itself (`useExportable`),
 * the title bar has the button that writes it to a file.
 */
export function Page({ title, actions, filters, side, layout = 'read', children }: Props) {
  return (
    <TablesToExport title={title}>
      {(exportButton) => (
        <div className={classes.page}>
          <header className={classes.head}>
            <h1>{title}</h1>
            {(actions || exportButton) && (
              <div className={classes.actions}>
                {exportButton}
                {actions}
              </div>
            )}
          </header>
          {filters && <div className={classes.filters}>{filters}</div>}
          <div className={classes.body}>
            <div className={layout === 'fill' ? classes.fill : classes.read}>
              {layout === 'fill' ? children : <div className={classes.column}>{children}</div>}
            </div>
            {side}
          </div>
        </div>
      )}
    </TablesToExport>
  );
}
