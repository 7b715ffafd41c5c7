import { useEffect, useState } from 'react'
import type { ChatRow, ChatSession, DeskChatStatus } from '#contract/worker/chat-calls'
import { useWords } from '../../../i18n/use-words.ts'
import { sortedConversations } from '../../../stores/chat/state.ts'
import { useChat, useChatClient } from '../../../stores/context.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { SignInAgain } from '../enter/sign-in-again.tsx'
import { Channels } from '../side/channels-dialog.tsx'
import { Pane } from '../side/pane.tsx'
import { Sidebar } from '../side/sidebar.tsx'
import { Composer } from './composer.tsx'
import { Header } from './header.tsx'
import styles from './talk.module.css'
import { TalkLog } from './talk-log.tsx'
import { Typing } from './typing.tsx'

interface TalkPageProps {
  readonly session: ChatSession
  readonly status: DeskChatStatus
}

/** What the composer is about to do with what is typed. */
export type Composing =
  | { readonly kind: 'new'; readonly replyTo: ChatRow | null }
  | { readonly kind: 'edit'; readonly row: ChatRow }

/** Channels and people left, the conversation in the middle, details right. */
export function TalkPage({ session, status: asked }: TalkPageProps) {
  const client = useChatClient()
  const told = useChat((state) => state.status)
  const conversations = useChat((state) => state.conversations)
  const failure = useChat((state) => state.failure)
  const open = useChat((state) => state.talk?.conversation ?? null)
  // Somebody who has just come in stands somewhere, and not before an empty page.
  useEffect(() => {
    if (open !== null || conversations === null) return
    const { channels, people } = sortedConversations(conversations)
    const [first] = [...channels.filter(({ unread }) => unread > 0), ...people, ...channels]
    if (first) client.open(first.id)
  }, [client, conversations, open])
  if (conversations === null) return failure === null ? <Busy /> : <Refusal code={failure} />
  const status = told ?? asked
  return (
    <>
      {session.isSignedIn ? null : <SignInAgain session={session} />}
      <div className={styles.three} data-testid="chat-talk" data-user={session.user}>
        <Sidebar session={session} conversations={conversations} status={status} />
        {open === null ? (
          <Welcome session={session} isIn={conversations.length > 0} />
        ) : (
          <Conversation key={open} status={status} />
        )}
        <Pane session={session} status={status} />
      </div>
    </>
  )
}

/** Who has just come into being is in nothing yet: here is where one can begin. */
function Welcome({ session: { session, user }, isIn }: { readonly session: ChatSession; readonly isIn: boolean }) {
  const { t } = useWords()
  if (isIn) return <Busy />
  return (
    <section className={styles.welcome} data-testid="chat-welcome">
      <Empty title={t('chat.talk.welcome', { user })} text={t('chat.talk.choose')} />
      <Channels session={session} onDone={() => undefined} />
    </section>
  )
}

function Conversation({ status }: { readonly status: DeskChatStatus }) {
  const client = useChatClient()
  const talk = useChat((state) => state.talk)
  const session = useChat((state) => state.session)
  const [composing, setComposing] = useState<Composing>({ kind: 'new', replyTo: null })
  if (talk === null || session === null) return null
  const { about } = talk
  if (about === null)
    return talk.failure === null ? <Busy /> : <Refusal code={talk.failure} onRetry={() => client.openAgain()} />
  return (
    <section className={styles.middle} data-testid="chat-conversation" data-name={about.name}>
      <Header about={about} user={session.user} />
      <TalkLog talk={talk} status={status} user={session.user} onCompose={setComposing} />
      <Typing names={about.typing} />
      <Composer
        about={about}
        session={session}
        status={status}
        composing={composing}
        onDone={() => setComposing({ kind: 'new', replyTo: null })}
        onEditLast={() => {
          const last = talk.rows.findLast(({ author, isDeleted }) => author === session.user && !isDeleted)
          if (last !== undefined && status.abilities.hasChanges) setComposing({ kind: 'edit', row: last })
        }}
      />
    </section>
  )
}
