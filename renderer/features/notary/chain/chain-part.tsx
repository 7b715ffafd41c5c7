import { useState } from 'react'
import { useWords } from '../../../i18n/use-words.ts'
import { useTopology } from '../../../stores/context.tsx'
import { notaryCluster } from '../../../stores/notary/desk.ts'
import { Empty } from '../../../ui/empty.tsx'
import { useNotaryLeader, useNotaryStatus } from '../use-status.ts'
import styles from './chain-part.module.css'
import { ChainView } from './chain-view.tsx'
import { DialectChoice } from './dialect-choice.tsx'
import { Lesson } from './lesson.tsx'
import { PeerCard } from './peer-card.tsx'
import { peersOf } from './peers.ts'
import { SizeChoice } from './size-choice.tsx'

/** Who keeps the register, whether each copy is sound, and the chain of one of them. */
export function ChainPart() {
  const { t } = useWords()
  const cluster = useTopology(({ snapshot }) => notaryCluster(snapshot))
  const { answer } = useNotaryStatus()
  const leader = useNotaryLeader()
  const status = answer?.ok ? answer.value : null
  const peers = peersOf(cluster?.nodes ?? [], status, leader)
  const [chosen, setChosen] = useState<Place | null>(null)
  const [turn, setTurn] = useState(0)
  const shown = peers.find(({ id }) => id === chosen?.peer) ?? peers[0]
  if (shown === undefined) return <Empty text={t('notary.chain.noPeers')} />
  const show = (peer: string, index: number | null): void => {
    setChosen({ peer, index })
    setTurn((count) => count + 1)
  }
  return (
    <div className={styles.part}>
      <section aria-label={t('notary.chain.peers')}>
        <div className={styles.heading}>
          <h2>{t('notary.chain.peers')}</h2>
          <p className={styles.hint}>{`${t('notary.chain.peersText')} ${t('notary.chain.independence')}`}</p>
        </div>
        <ul className={styles.peers} data-testid="peers">
          {peers.map((peer) => (
            <li key={peer.id}>
              <PeerCard
                peer={peer}
                dialect={cluster?.dialect ?? null}
                isShown={peer.id === shown.id}
                onShow={(index) => show(peer.id, index)}
              />
            </li>
          ))}
        </ul>
        <SizeChoice cluster={cluster} />
        <DialectChoice cluster={cluster} />
      </section>
      <Lesson peers={peers} size={status?.size ?? 0} onTampered={(peer, index) => show(peer, index)} />
      <ChainView
        key={`${shown.id} ${turn}`}
        nodeId={shown.id}
        isUp={shown.isUp}
        start={chosen?.peer === shown.id ? chosen.index : null}
        // Repaired or grown: another chain to look at.
        beat={`${shown.size} ${shown.head} ${shown.examination.kind}`}
      />
    </div>
  )
}

/** What the chain view shows; without an index, the newest blocks. */
interface Place {
  readonly peer: string
  readonly index: number | null
}
