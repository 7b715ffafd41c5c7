import { Button, TextInput, UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { type ChatRow, type ChatSearchPage, type ChatSession, chatDeskLimits } from '#contract/worker/chat-calls'
import type { FailureCode } from '#kit/failures'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions, useChat, useChatClient } from '../../../stores/context.tsx'
import { Age } from '../../../ui/age.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { foundPieces, readSearch, searchDay } from '../talk/search-words.ts'
import { plainWords } from '../text/markdown.ts'
import styles from './side.module.css'

const pageRows = 30

/** Over all that this user may read, newest first. */
export function SearchPane({ session: { session } }: { readonly session: ChatSession }) {
  const { t } = useWords()
  const client = useChatClient()
  const field = useRef<HTMLInputElement>(null)
  const text = useChat((state) => state.search)
  const turn = useChat((state) => state.searchTurn)
  const { found, failure, isBusy, search, older } = useSearch(session)
  const bad = readSearch(text).filters.find(({ isGood }) => !isGood)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn is a wish to search from elsewhere.
  useEffect(() => {
    field.current?.focus()
    if (text.trim() !== '') void search(text)
  }, [turn])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (text.trim() !== '' && bad === undefined) void search(text)
  }
  return (
    <div className={styles.search} data-testid="chat-search-pane">
      <form onSubmit={submit}>
        <TextInput
          ref={field}
          aria-label={t('chat.side.find.label')}
          description={t('chat.side.find.hint')}
          placeholder={t('chat.side.find.placeholder')}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={text}
          maxLength={chatDeskLimits.searchCharsMax}
          error={bad === undefined ? undefined : t(`chat.side.find.bad.${bad.kind}`)}
          data-testid="chat-search"
          onChange={({ currentTarget: { value } }) => client.store.setState({ search: value })}
        />
      </form>
      {failure !== null ? (
        <Refusal code={failure} onRetry={() => void search(text)} />
      ) : found === null ? (
        isBusy ? (
          <Busy />
        ) : (
          <p className={styles.none}>{t('chat.side.find.begin')}</p>
        )
      ) : (
        <Found found={found} isBusy={isBusy} onOlder={older} />
      )}
    </div>
  )
}

interface FoundProps {
  readonly found: ChatSearchPage
  readonly isBusy: boolean
  onOlder(): void
}

function Found({ found: { rows, next, asked }, isBusy, onOlder }: FoundProps) {
  const { t, format } = useWords()
  const { from, in: within, beforeMs } = asked
  const filters = [
    ...(from === null ? [] : [t('chat.side.find.filters.from', { value: from })]),
    ...(within === null ? [] : [t('chat.side.find.filters.in', { value: within })]),
    ...(beforeMs === null ? [] : [t('chat.side.find.filters.before', { value: format.day(beforeMs) })]),
  ]
  const words = asked.words.split(/\s+/).filter((word) => word !== '')
  return (
    <>
      {filters.length === 0 ? null : <p className={styles.soft}>{filters.join(' · ')}</p>}
      {rows.length === 0 ? (
        <p className={styles.none} role="status" data-testid="chat-found-nothing">
          {t('chat.side.find.empty')}
        </p>
      ) : (
        <ul className={styles.hits} data-testid="chat-found" data-count={rows.length}>
          {rows.map((row) => (
            <Hit key={row.id} row={row} words={words} />
          ))}
        </ul>
      )}
      {next === null ? null : (
        <Button size="compact-sm" variant="default" loading={isBusy} data-testid="chat-found-older" onClick={onOlder}>
          {t('chat.side.find.older')}
        </Button>
      )}
    </>
  )
}

const hitCharsMax = 160

function Hit({ row, words }: { readonly row: ChatRow; readonly words: readonly string[] }) {
  const { t } = useWords()
  const client = useChatClient()
  const name = useChat(
    (state) => state.conversations?.find(({ id }) => id === row.conversation)?.name ?? row.conversation.slice(2),
  )
  return (
    <li>
      <UnstyledButton
        className={styles.hit}
        title={t('chat.side.find.go')}
        data-testid="chat-hit"
        onClick={() => {
          if (row.place !== null) client.goTo(row.conversation, row.place)
        }}
      >
        <span className={styles.soft}>
          <strong>{row.author}</strong> · {name} · <Age wallMs={row.atMs} />
        </span>
        <span>
          {foundPieces(plainWords(row.text, hitCharsMax), words).map(({ text, isFound }, index) =>
            isFound ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change their order.
              <mark key={index}>{text}</mark>
            ) : (
              text
            ),
          )}
        </span>
      </UnstyledButton>
    </li>
  )
}

/** An answer to a question that is no longer the last one is let fall. */
function useSearch(session: string) {
  const { ask } = useActions()
  const [found, setFound] = useState<ChatSearchPage | null>(null)
  const [failure, setFailure] = useState<FailureCode | null>(null)
  const [isBusy, setBusy] = useState(false)
  const turn = useRef({ count: 0, text: '' })
  const read = async (text: string, cursor: string | null): Promise<void> => {
    turn.current = { count: turn.current.count + 1, text }
    const { count } = turn.current
    setBusy(true)
    const result = await ask('chat.search', { session, text, dayMs: searchDay(text), cursor, limit: pageRows })
    if (count !== turn.current.count) return
    setBusy(false)
    setFailure(result.ok ? null : result.failure.code)
    if (!result.ok) return
    setFound((before) =>
      cursor === null || before === null
        ? result.value
        : { ...result.value, rows: [...before.rows, ...result.value.rows] },
    )
  }
  return {
    found,
    failure,
    isBusy,
    search: (text: string) => read(text, null),
    older: () => void read(turn.current.text, found?.next ?? null),
  }
}
