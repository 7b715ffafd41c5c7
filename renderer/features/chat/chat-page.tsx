import { Button, Tabs } from '@mantine/core'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { ClusterCard } from '#contract/window/topology'
import type { DeskChatStatus } from '#contract/worker/chat-calls'
import { useWords } from '../../i18n/use-words.ts'
import { type ChatPlace, chatPlace } from '../../stores/chat/places.ts'
import { useActions, useChat, useChatClient, useHands, useTopology, useUi } from '../../stores/context.tsx'
import { deskCard } from '../../stores/notary/desk.ts'
import { Busy } from '../../ui/busy.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { useFreshAnswer } from '../../ui/use-fresh-answer.ts'
import styles from './chat-page.module.css'
import { EnterPage } from './enter/enter-page.tsx'
import { ProgramsPage } from './programs/programs-page.tsx'
import { SetupPage } from './setup/setup-page.tsx'
import { Standing } from './standing.tsx'
import { TalkPage } from './talk/talk-page.tsx'

export function ChatPage() {
  const { t } = useWords()
  const cluster = useTopology(({ snapshot }) => snapshot?.clusters.find(({ kind }) => kind === 'chat') ?? null)
  return (
    <div className={styles.page}>
      {cluster === null ? (
        <Empty title={t('chat.title')} text={t('chat.none')} />
      ) : cluster.state === 'stopped' ? (
        <Stopped cluster={cluster} />
      ) : (
        <Running cluster={cluster} />
      )}
    </div>
  )
}

function Stopped({ cluster }: { readonly cluster: ClusterCard }) {
  const { t } = useWords()
  const { call } = useActions()
  return (
    <>
      <Empty title={t('chat.stoppedTitle')} text={t('chat.stoppedText')}>
        <Button data-testid="chat-start" onClick={() => void call('clusters.start', { clusterId: cluster.id })}>
          {t('chat.start')}
        </Button>
      </Empty>
      <SetupPage cluster={cluster} />
    </>
  )
}

/** Who speaks here is asked for this often, because another window may sign somebody in or out. */
const beatMs = 2_000

function Running({ cluster }: { readonly cluster: ClusterCard }) {
  const { t } = useWords()
  const client = useChatClient()
  const { stores } = useHands()
  const part = useUi((state) => state.route.part)
  const last = useChat((state) => state.session?.session ?? null)
  const beat = useStore(stores.now, ({ nowMs }) => Math.floor(nowMs / beatMs))
  const { answer, again } = useFreshAnswer('chat.status', {}, `${beat} ${part}`)
  const status = answer?.ok ? answer.value : null
  const place = status === null ? null : chatPlace(part, last, status.sessions)
  const session = place?.kind === 'talk' ? place.session : null
  // A window goes on hearing while it shows another part of the chat; only another user, or nobody, ends that.
  useEffect(() => {
    if (session !== null) client.follow(session)
  }, [client, session])
  useTitle(session?.user ?? null)
  if (answer !== null && !answer.ok && part !== 'programs' && part !== 'settings')
    return answer.failure.code === 'node-down' ? <DeskDown /> : <Refusal code={answer.failure.code} onRetry={again} />
  return (
    <>
      <h1 className="hidden-visually">{t('chat.title')}</h1>
      <Parts place={place} status={status} cluster={cluster} />
    </>
  )
}

interface PartsProps {
  readonly place: ChatPlace | null
  readonly status: DeskChatStatus | null
  readonly cluster: ClusterCard
}

function Parts({ place, status, cluster }: PartsProps) {
  const { t } = useWords()
  const actions = useActions()
  const part = useUi((state) => state.route.part)
  const last = useChat((state) => state.session?.session ?? null)
  const tab = part === 'programs' || part === 'settings' ? part : 'talk'
  return (
    <Tabs
      value={tab}
      onChange={(value) => actions.go({ page: 'chat', part: value === 'talk' ? last : value })}
      className={styles.tabs}
      keepMounted={false}
    >
      <div className={styles.top}>
        <Tabs.List>
          {(['talk', 'programs', 'settings'] as const).map((value) => (
            <Tabs.Tab key={value} value={value} data-testid={`chat-part-${value}`}>
              {t(`chat.parts.${value}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {status === null ? null : <Standing status={status} />}
      </div>
      <Tabs.Panel value="talk" className={styles.panel}>
        {place === null || status === null ? (
          <Busy />
        ) : place.kind === 'talk' ? (
          <TalkPage session={place.session} status={status} />
        ) : (
          <EnterPage status={status} />
        )}
      </Tabs.Panel>
      <Tabs.Panel value="programs" className={styles.panel}>
        <ProgramsPage clusterId={cluster.id} />
      </Tabs.Panel>
      <Tabs.Panel value="settings" className={styles.panel}>
        <SetupPage cluster={cluster} />
      </Tabs.Panel>
    </Tabs>
  )
}

function DeskDown() {
  const { t } = useWords()
  const { call } = useActions()
  const desk = useTopology(({ snapshot }) => deskCard(snapshot))
  return (
    <Empty text={t('chat.deskDown')}>
      {desk === null ? null : (
        <Button data-testid="chat-start-desk" onClick={() => void call('nodes.start', { nodeId: desk.id })}>
          {t('chat.startDesk')}
        </Button>
      )}
    </Empty>
  )
}

/** Windows of several users are told apart by their titles. */
function useTitle(user: string | null): void {
  const { t } = useWords()
  const app = t('common.appName')
  useEffect(() => {
    document.title = user === null ? app : `${user} – ${app}`
    return () => {
      document.title = app
    }
  }, [user, app])
}
