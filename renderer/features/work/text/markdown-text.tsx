import { createContext, memo, useContext } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { useText } from '#renderer/i18n/i18n.ts';
import classes from './markdown-text.module.css';

const plugins = [remarkGfm];

/** Headings of a text are not those of the page. */
const Heading: Components['h1'] = ({ children }) => <p className={classes.heading}>{children}</p>;

/** Says where it leads, and leads nowhere. */
const Link: Components['a'] = ({ children, href }) => (
  <span className={classes.link} title={href}>
    {children}
  </span>
);

/** Where the pictures of the task can be read, by the name its text has for them. */
const PicturesContext = createContext<ReadonlyMap<string, string>>(new Map());
export const Pictures = PicturesContext.Provider;

/** A picture of the task; any other by its name alone, since nothing is fetched from anywhere. */
const Picture: Components['img'] = ({ alt, src }) => {
  const t = useText();
  const known = useContext(PicturesContext).get(typeof src === 'string' ? decoded(src) : '');
  const name = alt || (typeof src === 'string' ? src : '');
  if (known !== undefined) return <img src={known} alt={alt ?? ''} />;
  return <span className={classes.absent}>{t('work.text.prompt.picture', { name })}</span>;
};

const Box: Components['input'] = ({ checked }) => <span aria-hidden>{checked === true ? '☑ ' : '☐ '}</span>;

const components: Components = {
  a: Link,
  img: Picture,
  input: Box,
  h1: Heading,
  h2: Heading,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
};

/** A text as Markdown draws it: its HTML as the letters it is, nothing fetched, no link followed. */
export const MarkdownText = memo(function MarkdownText({ text }: { text: string }) {
  return (
    <div className={classes.markdown} dir="auto">
      <Markdown remarkPlugins={plugins} components={components} urlTransform={(url) => url}>
        {text}
      </Markdown>
    </div>
  );
});

/** Markdown writes what an address may not hold in percent. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
