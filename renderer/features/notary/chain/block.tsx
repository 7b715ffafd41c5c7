import { IconLink, IconLinkOff } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { RecordView } from '#contract/worker/desk'
import type { NodeId } from '#kit/ids'
import { useWords } from '../../../i18n/use-words.ts'
import styles from './block.module.css'
import type { Break } from './breaks.ts'
import { checkWords } from './check-words.ts'

interface BlockProps {
  /** Whose chain it is. */
  readonly nodeId: NodeId
  readonly record: RecordView
  readonly breaks: readonly Break[]
  readonly isChosen: boolean
}

export function Block({ nodeId, record, breaks, isChosen }: BlockProps) {
  const { t, format } = useWords()
  const { index, kind, title, previousHash, hash, computedHash } = record
  const place = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isChosen) place.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  const number = format.number(index)
  const isBroken = breaks.length > 0
  const wordsOf = (found: Break): string => {
    if (found.kind === 'copy') return t('notary.chain.breakCopy', { node: nodeId, check: checkWords(found.check, t) })
    return t(found.kind === 'hash' ? 'notary.chain.breakHash' : 'notary.chain.breakLink', { index: number })
  }
  const Icon = breaks.some(({ kind: how }) => how === 'link') ? IconLinkOff : IconLink
  return (
    <li
      ref={place}
      className={styles.block}
      data-broken={isBroken}
      data-chosen={isChosen}
      data-testid={`block-${index}`}
      data-breaks={breaks.map(({ kind: how }) => how).join(' ')}
      data-hash={hash}
    >
      <p className={styles.link}>
        <Icon size={15} aria-hidden="true" />
        <span>{t('notary.chain.previous')}</span>
        <code title={previousHash}>{short(previousHash)}</code>
      </p>
      <h3>{t('notary.chain.block', { index: number })}</h3>
      <p className={styles.title} title={title}>
        {kind === 'genesis' ? t('notary.genesis') : title}
      </p>
      <p className={styles.hash}>
        <span>{t('notary.chain.hash')}</span>
        <code title={hash}>{short(hash)}</code>
      </p>
      {computedHash === hash ? null : (
        <p className={styles.hash} data-bad="true">
          <span>{t('notary.chain.computed')}</span>
          <code title={computedHash}>{short(computedHash)}</code>
        </p>
      )}
      {breaks.map((found) => (
        <p key={found.kind} className={styles.why}>
          {wordsOf(found)}
        </p>
      ))}
    </li>
  )
}

function short(hash: string): string {
  return hash.length > 20 ? `${hash.slice(0, 16)}…` : hash
}
