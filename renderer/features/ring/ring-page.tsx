import { Button, SegmentedControl, Tabs } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { ClusterCard, NodeCard } from '#contract/window/topology'
import type { NodeId } from '#kit/ids'
import { useWords } from '../../i18n/use-words.ts'
import { useActions, useHostNow, useTopology, useUi } from '../../stores/context.tsx'
import { conditionOf } from '../../stores/derived/condition.ts'
import { ringSight, spokenFacts } from '../../stores/derived/rings.ts'
import { Empty } from '../../ui/empty.tsx'
import type { LogMode } from './log-mode.ts'
import { LogPanel } from './log-panel.tsx'
import { PeersTable } from './peers-table.tsx'
import { RingPicture } from './picture/ring-picture.tsx'
import styles from './ring-page.module.css'
import { SetupPanel } from './setup/setup-panel.tsx'
import { SplitNote } from './split-note.tsx'
import { Chat, type Silence } from './talk/chat.tsx'
import { troublesOf } from './troubles.ts'
import { TroublesPanel } from './troubles-panel.tsx'

export function RingPage() {
  const { t } = useWords()
  const actions = useActions()
  const part = useUi((state) => state.route.part)
  const cluster = useTopology(({ snapshot }) => snapshot?.clusters.find(({ kind }) => kind === 'ring') ?? null)
  const cards = cluster?.nodes ?? []
  const mine = cards.find(({ id }) => id === part) ?? cards[0]
  return (
    <div className={styles.page}>
      <header>
        <h1>{t('ring.title')}</h1>
        <p>{t('ring.promise')}</p>
      </header>
      {cluster === null || mine === undefined ? (
        <Empty text={t('ring.none')} />
      ) : cluster.state === 'stopped' ? (
        <Stopped cluster={cluster} />
      ) : (
        <>
          <div className={styles.mine}>
            <span>{t('ring.mine')}</span>
            <SegmentedControl
              aria-label={t('ring.mine')}
              data-testid="ring-mine"
              value={mine.id}
              data={cards.map(({ id, view }) => ({ value: id, label: view?.ring?.name ?? id }))}
              onChange={(id) => actions.go({ page: 'ring', part: id })}
            />
          </div>
          <Sight mine={mine} cluster={cluster} />
        </>
      )}
    </div>
  )
}

function Stopped({ cluster }: { readonly cluster: ClusterCard }) {
  const { t } = useWords()
  const { call } = useActions()
  return (
    <>
      <Empty title={t('ring.stoppedTitle')} text={t('ring.stoppedText')}>
        <Button data-testid="ring-start" onClick={() => void call('clusters.start', { clusterId: cluster.id })}>
          {t('ring.start')}
        </Button>
      </Empty>
      <div className={styles.alone}>
        <SetupPanel clusterId={cluster.id} />
      </div>
    </>
  )
}

interface SightProps {
  readonly mine: NodeCard
  readonly cluster: ClusterCard
}

/** The ring as one peer sees it, and its talk. What a peer said before it stopped is not shown as if it held now. */
function Sight({ mine, cluster }: SightProps) {
  const { t } = useWords()
  const now = useHostNow()
  const [mode, setMode] = useState<LogMode>('default')
  const condition = conditionOf(mine, now)
  const silence = condition === 'paused' || condition === 'stale' ? condition : null
  const spoken = spokenFacts(mine, now)
  // Its messages and the line that is being written stay while it is silent; its beliefs do not.
  const talker = spoken ?? (silence === null ? null : (mine.view?.ring ?? null))
  const sight = useMemo(() => ringSight(cluster, now), [cluster, now])
  const scene = useMemo(() => spoken && { mine: spoken, sight, cards: cluster.nodes }, [spoken, sight, cluster.nodes])
  return (
    <>
      <SplitNote sight={sight} />
      <div className={styles.pair}>
        <section className={styles.sight} aria-label={t('ring.picture')}>
          {scene === null ? null : <RingPicture key={mine.id} scene={scene} clusterId={cluster.id} mode={mode} />}
          {silence === null ? null : <Silent silence={silence} />}
          <Panels cluster={cluster} mode={mode} onMode={setMode} />
        </section>
        {talker === null ? (
          <NotThere node={mine.id} state={mine.state.kind} />
        ) : (
          <Chat key={mine.id} node={mine.id} facts={talker} silence={silence} />
        )}
      </div>
    </>
  )
}

function Silent({ silence }: { readonly silence: Silence }) {
  const { t } = useWords()
  return (
    <div data-testid="ring-silent" data-silence={silence}>
      <Empty text={t(`ring.silence.${silence}`)} />
    </div>
  )
}

interface PanelsProps {
  readonly cluster: ClusterCard
  readonly mode: LogMode
  onMode(mode: LogMode): void
}

function Panels({ cluster, mode, onMode }: PanelsProps) {
  const { t, format } = useWords()
  const refused = troublesOf(cluster.nodes, useHostNow()).reduce(
    (sum, one) => sum + one.refusedInAll + one.anomalies,
    0,
  )
  return (
    <Tabs defaultValue="beliefs" keepMounted={false} className={styles.tabs}>
      <Tabs.List>
        {(['beliefs', 'log', 'troubles', 'setup'] as const).map((tab) => (
          <Tabs.Tab key={tab} value={tab} data-testid={`ring-tab-${tab}`}>
            {tab === 'troubles' && refused > 0
              ? t('ring.tabs.troublesCount', { value: format.number(refused) })
              : t(`ring.tabs.${tab}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {/* What scrolls and holds nothing to press must be reachable by keyboard itself. */}
      <Tabs.Panel value="beliefs" className={styles.panel} tabIndex={0}>
        <PeersTable cards={cluster.nodes} />
      </Tabs.Panel>
      <Tabs.Panel value="log" className={`${styles.panel} ${styles.whole}`}>
        <LogPanel cards={cluster.nodes} mode={mode} onMode={onMode} />
      </Tabs.Panel>
      <Tabs.Panel value="troubles" className={styles.panel} tabIndex={0}>
        <TroublesPanel cards={cluster.nodes} />
      </Tabs.Panel>
      <Tabs.Panel value="setup" className={styles.panel}>
        <SetupPanel clusterId={cluster.id} />
      </Tabs.Panel>
    </Tabs>
  )
}

interface NotThereProps {
  readonly node: NodeId
  readonly state: NodeCard['state']['kind']
}

function NotThere({ node, state }: NotThereProps) {
  const { t } = useWords()
  const { call } = useActions()
  if (!waitsForSomebody.includes(state)) return <Empty text={t('ring.starting')} />
  return (
    <Empty title={t('ring.peerStoppedTitle')} text={t('ring.peerStoppedText')}>
      <Button data-testid="ring-start-peer" onClick={() => void call('nodes.start', { nodeId: node })}>
        {t('ring.startPeer')}
      </Button>
    </Empty>
  )
}

/** In these a peer stays until somebody starts it; from all others it comes by itself. */
const waitsForSomebody: readonly NodeCard['state']['kind'][] = ['stopped', 'killed', 'left-down']
