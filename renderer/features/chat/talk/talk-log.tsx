import { Button } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { DeskChatStatus } from '#contract/worker/chat-calls'
import { useWords } from '../../../i18n/use-words.ts'
import type { Talk } from '../../../stores/chat/talk.ts'
import { useChatClient, useTopology } from '../../../stores/context.tsx'
import { type LogInSight, VirtualLog } from '../../../ui/virtual-log.tsx'
import { Gap } from './above-line.tsx'
import { gapsBelow, linesOf, type TalkLine } from './lines.ts'
import { Message } from './message.tsx'
import styles from './talk.module.css'
import type { Composing } from './talk-page.tsx'

interface TalkLogProps {
  readonly talk: Talk
  readonly status: DeskChatStatus
  readonly user: string
  onCompose(composing: Composing): void
}

/** So near to the first or last row that is loaded, the next page is asked for. */
const nearEdge = 12

/** The conversation, however long: only what is in sight is in the page, and what is further away is read on the way there. */
export function TalkLog({ talk, status, user, onCompose }: TalkLogProps) {
  const { t } = useWords()
  const client = useChatClient()
  const [isAtEnd, setAtEnd] = useState(true)
  const { rows, waiting, isEnd, unreadFrom, wish } = talk
  const { gaps, profile } = status
  const lines = useMemo(
    () => linesOf({ rows, waiting, isEnd, gaps, unreadFrom }),
    [rows, waiting, isEnd, gaps, unreadFrom],
  )
  const applied = useApplied()
  const onSight = useSight({ lines, talk, onEnd: setAtEnd })
  const at = wish.at === 'end' ? 'end' : indexOf(lines, wish.at.place)
  if (lines.length === 0) return <p className={styles.empty}>{t('chat.talk.empty')}</p>
  const found = wish.at !== 'end' && wish.at.isFound ? wish.at.place : null
  const unread = talk.about?.unread ?? 0
  return (
    <div className={styles.logged}>
      <VirtualLog
        label={t('chat.talk.conversation', { name: talk.about?.name ?? '' })}
        className={styles.rows}
        count={lines.length}
        testId="chat-log"
        wish={{ turn: wish.turn, at }}
        keyOf={(index) => lines[index]?.row.id ?? index}
        row={(index) => {
          const line = lines[index]
          if (line === undefined) return null
          const isLast = index === lines.length - 1
          return (
            <>
              {index === 0 && talk.isBeginning ? <p className={styles.beginning}>{t('chat.talk.beginning')}</p> : null}
              <Message
                line={line}
                user={user}
                profile={profile}
                applied={line.row.author === user ? applied : nobodys}
                isFound={line.row.place !== null && line.row.place === found}
                canChange={status.abilities.hasChanges}
                onCompose={onCompose}
              />
              {isLast && isEnd ? gapsBelow(lines, gaps).map((gap) => <Gap key={gap.fromWallMs} gap={gap} />) : null}
            </>
          )
        }}
        onSight={onSight}
      />
      {isAtEnd && isEnd ? null : (
        <Button
          className={styles.newest}
          size="compact-sm"
          leftSection={<IconArrowDown size={14} aria-hidden="true" />}
          data-testid="chat-newest"
          onClick={() => client.toNewest()}
        >
          {unread === 0 ? t('chat.talk.newest') : t('chat.talk.newestCount', { count: unread })}
        </Button>
      )}
    </div>
  )
}

/** Of what others said no ticks are drawn, so nothing of it changes as the log goes on. */
const nobodys: readonly number[] = []

interface SightParts {
  readonly lines: readonly TalkLine[]
  readonly talk: Talk
  onEnd(isAtEnd: boolean): void
}

/** What is in sight has been read, while somebody looks; what comes into sight next is asked for. */
function useSight({ lines, talk, onEnd }: SightParts): (sight: LogInSight) => void {
  const client = useChatClient()
  const last = useRef<LogInSight | null>(null)
  const now = useRef({ lines, talk })
  now.current = { lines, talk }
  const read = useCallback(() => {
    const sight = last.current
    if (sight === null || !document.hasFocus()) return
    const { lines: shown } = now.current
    const place = shown.slice(0, sight.last + 1).findLast(({ row }) => row.place !== null)?.row.place
    if (place != null) client.read(place)
  }, [client])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what came while the end is in sight is in sight as well.
  useEffect(() => read(), [read, lines])
  useEffect(() => {
    window.addEventListener('focus', read)
    return () => window.removeEventListener('focus', read)
  }, [read])
  return useCallback(
    (sight: LogInSight) => {
      last.current = sight
      onEnd(sight.isAtEnd)
      read()
      const { lines: shown } = now.current
      if (sight.first < nearEdge && sight.isGoingBack) void client.more('older')
      if (sight.last > shown.length - nearEdge) void client.more('newer')
    },
    [client, read, onEnd],
  )
}

function indexOf(lines: readonly TalkLine[], place: string): number | 'end' {
  const index = lines.findIndex(({ row }) => row.place === place)
  return index < 0 ? 'end' : index
}

/** How far each server of the chat that runs says it has come in the log. */
function useApplied(): readonly number[] {
  const text = useTopology(({ snapshot }) =>
    JSON.stringify(
      snapshot?.clusters
        .filter(({ kind }) => kind === 'chat')
        .flatMap(({ nodes }) => nodes)
        .filter(({ state }) => state.kind === 'running')
        .flatMap(({ view }) => (view?.log ? [view.log.committedIndex] : [])) ?? [],
    ),
  )
  return useMemo(() => JSON.parse(text), [text])
}
