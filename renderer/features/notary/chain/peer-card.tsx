import { Button } from '@mantine/core'
import type { HttpDialect } from '#contract/worker/dialects'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { Age } from '../../../ui/age.tsx'
import styles from './chain-part.module.css'
import { Examination } from './examination.tsx'
import type { Peer } from './peers.ts'

interface PeerCardProps {
  readonly peer: Peer
  readonly dialect: HttpDialect | null
  readonly isShown: boolean
  /** null: its newest blocks. */
  onShow(index: number | null): void
}

export function PeerCard({ peer, dialect, isShown, onShow }: PeerCardProps) {
  const { t, format } = useWords()
  const { call } = useActions()
  const { id, isUp, leads, size, head, http, heardWallMs, examination } = peer
  const role = !isUp ? 'down' : leads ? 'leads' : 'follows'
  return (
    <article
      className={styles.peer}
      data-shown={isShown}
      data-up={isUp}
      data-testid={`peer-${id}`}
      data-examination={examination.kind}
      data-broken-index={examination.kind === 'broken' ? examination.index : ''}
      data-size={size ?? ''}
      data-head={head ?? ''}
    >
      <h3>
        {id}
        <span className={styles.role} data-role={role}>
          {t(`notary.chain.${role}`)}
        </span>
      </h3>
      <dl className={styles.facts}>
        <dt>{t('notary.chain.size')}</dt>
        <dd>{size === null ? t('notary.chain.silent') : format.number(size)}</dd>
        <dt>{t('notary.chain.head')}</dt>
        <dd>{head === null ? '–' : <code title={head}>{`${head.slice(0, 16)}…`}</code>}</dd>
        <dt>{t('notary.chain.heard')}</dt>
        <dd>
          <Age wallMs={heardWallMs} />
        </dd>
        <dt>{t('notary.chain.http')}</dt>
        <dd>
          {http === null ? '–' : <code>{http}</code>}
          {http === null || dialect === null ? '' : ` · ${t(`notary.chain.dialects.${dialect}`)}`}
        </dd>
      </dl>
      <Examination examination={examination} onGo={onShow} />
      <div className={styles.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isShown}
          data-testid="show-chain"
          onClick={() => onShow(null)}
        >
          {t(isShown ? 'notary.chain.shown' : 'notary.chain.show')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={!isUp || examination.kind === 'running'}
          data-testid="examine"
          onClick={() => void call('notary.examine', { nodeId: id })}
        >
          {t('notary.chain.examine')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={!isUp}
          data-testid="repair"
          onClick={() => void call('notary.repair', { nodeId: id })}
        >
          {t('notary.chain.repair')}
        </Button>
      </div>
    </article>
  )
}
