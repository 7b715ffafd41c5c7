import { UnstyledButton } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useWords } from '../../../i18n/use-words.ts'
import styles from './markdown.module.css'
import { type Block, type Inline, readMarkdown } from './markdown.ts'

interface MarkdownProps {
  readonly text: string
  readonly mentions: readonly string[]
  /** Who reads: to be named oneself stands out. */
  readonly reader: string
}

export function Markdown({ text, mentions, reader }: MarkdownProps) {
  const blocks = useMemo(() => readMarkdown(text, mentions), [text, mentions])
  return (
    <div className={styles.text} data-testid="chat-text">
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of one text never change their order.
        <BlockView key={index} block={block} reader={reader} />
      ))}
    </div>
  )
}

function BlockView({ block, reader }: { readonly block: Block; readonly reader: string }) {
  const { t } = useWords()
  switch (block.kind) {
    case 'paragraph':
      return <p>{inline(block.parts, reader)}</p>
    case 'quote':
      return <blockquote>{inline(block.parts, reader)}</blockquote>
    case 'code':
      return (
        <figure
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard.
          tabIndex={0}
          aria-label={block.language === '' ? t('chat.talk.code') : t('chat.talk.codeOf', { language: block.language })}
          data-language={block.language}
        >
          <pre>
            <code>{block.text}</code>
          </pre>
        </figure>
      )
    case 'list': {
      const List = block.isOrdered ? 'ol' : 'ul'
      return (
        <List>
          {block.items.map((parts, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the items of one text never change their order.
            <li key={index}>{inline(parts, reader)}</li>
          ))}
        </List>
      )
    }
  }
}

function inline(parts: readonly Inline[], reader: string) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change their order.
  return parts.map((part, index) => <InlineView key={index} part={part} reader={reader} />)
}

function InlineView({ part, reader }: { readonly part: Inline; readonly reader: string }) {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'code':
      return <code>{part.text}</code>
    case 'strong':
      return <strong>{inline(part.parts, reader)}</strong>
    case 'emphasis':
      return <em>{inline(part.parts, reader)}</em>
    case 'struck':
      return <s>{inline(part.parts, reader)}</s>
    case 'mention':
      return (
        <span className={styles.mention} data-self={part.name === reader}>
          @{part.name}
        </span>
      )
    case 'address':
      return <Address href={part.href} text={part.text} />
  }
}

/** The window leaves nothing and opens nothing: an address is copied, and whoever wants to goes there with a browser. */
function Address({ href, text }: { readonly href: string; readonly text: string }) {
  const { t } = useWords()
  const [isCopied, setCopied] = useState(false)
  return (
    <UnstyledButton
      component="span"
      role="button"
      tabIndex={0}
      className={styles.address}
      title={isCopied ? t('chat.talk.copied') : t('chat.talk.copyAddress', { href })}
      onClick={() => void navigator.clipboard.writeText(href).then(() => setCopied(true))}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.click()
      }}
    >
      {text}
      {isCopied ? <span role="status"> ({t('chat.talk.copied')})</span> : null}
    </UnstyledButton>
  )
}
