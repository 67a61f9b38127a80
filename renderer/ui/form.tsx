import type { ReactNode } from 'react';
import classes from './form.module.css';

/**
 * Parts of forms and of pages that state facts. Inputs themselves are Mantine's (TextInput, NumberInput, Select, Textarea,
 * Checkbox, SegmentedControl), already sized by the theme.
 */

/** Fields one below the other, 16 px apart. */
export function Fields({ children }: { children: ReactNode }) {
  return <div className={classes.fields}>{children}</div>;
}

/** Fields beside each other; they wrap when there is no room. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={classes.row}>{children}</div>;
}

/** Buttons at the end of a form, the main one last. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className={classes.actions}>{children}</div>;
}

interface SectionProps {
  /** To lead to it from elsewhere. */
  id?: string;
  title: string;
  /** One sentence on what this part is for. */
  lead?: string;
  children: ReactNode;
}

/** A titled part of a page, parted from the one before by a hairline. */
export function Section({ id, title, lead, children }: SectionProps) {
  return (
    <section id={id} className={classes.section}>
      <div className={classes.sectionHead}>
        <h2>{title}</h2>
        {lead && <p className={classes.lead}>{lead}</p>}
      </div>
      <div className={classes.sectionBody}>{children}</div>
    </section>
  );
}

/** Names and values, one pair a line. Values are nodes: a text, a HashText, a SourceMark. */
export function Facts({ facts }: { facts: readonly { name: string; value: ReactNode }[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ name, value }) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
