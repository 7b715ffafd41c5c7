import { Button, NumberInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { RecordView } from '#contract/worker/desk'
import type { NodeId } from '#kit/ids'
import { useWords } from '../../../i18n/use-words.ts'
import { Busy } from '../../../ui/busy.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { useFreshAnswer } from '../../../ui/use-fresh-answer.ts'
import { Block } from './block.tsx'
import { breaksOf, holeOf } from './breaks.ts'
import styles from './chain-view.module.css'
import { Hole } from './hole.tsx'

const blocksPerPage = 24

interface ChainViewProps {
  readonly nodeId: NodeId
  readonly isUp: boolean
  /** A block to be shown; null: the newest. */
  readonly start: number | null
  readonly beat: string
}

/** The blocks of one peer, as it says, page by page; a block that does not fit is drawn as a break. */
export function ChainView({ nodeId, isUp, start, beat }: ChainViewProps) {
  const { t } = useWords()
  const [from, setFrom] = useState<number | null>(start === null ? null : firstOf(start))
  const size = useFreshAnswer('notary.chain', { nodeId, from: 0, limit: 1 }, beat)
  const known = size.answer?.ok ? size.answer.value.size : null
  const last = known === null ? null : firstOf(Math.max(0, known - 1))
  const page = from ?? last
  return (
    <section className={styles.chain} aria-label={t('notary.chain.title', { node: nodeId })} data-testid="chain">
      <div className={styles.heading}>
        <div>
          <h2>{t('notary.chain.title', { node: nodeId })}</h2>
          <p>{t('notary.chain.text')}</p>
        </div>
        {known === null || page === null ? null : <Pager size={known} from={page} onFrom={setFrom} />}
      </div>
      {size.answer === null ? (
        <Busy />
      ) : !size.answer.ok ? (
        <Refusal code={size.answer.failure.code} {...(isUp ? { onRetry: size.again } : {})} />
      ) : (
        <Blocks nodeId={nodeId} from={page ?? 0} chosen={start} beat={beat} />
      )}
    </section>
  )
}

const firstOf = (index: number): number => Math.floor(index / blocksPerPage) * blocksPerPage

interface BlocksProps {
  readonly nodeId: NodeId
  readonly from: number
  readonly chosen: number | null
  readonly beat: string
}

function Blocks({ nodeId, from, chosen, beat }: BlocksProps) {
  const { t } = useWords()
  // The block before the page is asked for too, so that a break between two pages is seen.
  const first = Math.max(0, from - 1)
  const limit = blocksPerPage + (from - first)
  const { answer, again } = useFreshAnswer('notary.chain', { nodeId, from: first, limit }, beat)
  if (answer === null) return <Busy />
  if (!answer.ok) return <Refusal code={answer.failure.code} onRetry={again} />
  const { records, breaks: said } = answer.value
  const hole = holeOf(records, said)
  const shown = records
    .map((record, at) => ({ record, breaks: breaksOf(record, beforeOf(records, at), said) }))
    .filter(({ record }) => record.index >= from)
  if (shown.length === 0 && hole === null) return <Empty text={t('notary.chain.empty')} />
  const count = shown.reduce((sum, { breaks }) => sum + breaks.length, hole === null ? 0 : 1)
  return (
    <>
      <p className={styles.breaks} data-bad={count > 0} data-testid="breaks" data-count={count} role="status">
        {t('notary.chain.breaks', { count })}
      </p>
      <ol className={styles.blocks} aria-label={t('notary.chain.list', { node: nodeId })}>
        {shown.map(({ record, breaks }) => (
          <Block
            key={record.index}
            nodeId={nodeId}
            record={record}
            breaks={breaks}
            isChosen={record.index === chosen}
          />
        ))}
        {hole === null ? null : <Hole hole={hole} />}
      </ol>
    </>
  )
}

function beforeOf(records: readonly RecordView[], at: number): RecordView | null {
  return at === 0 ? null : (records[at - 1] ?? null)
}

interface PagerProps {
  readonly size: number
  readonly from: number
  onFrom(from: number | null): void
}

function Pager({ size, from, onFrom }: PagerProps) {
  const { t, format } = useWords()
  const [number, setNumber] = useState<string | number>('')
  const isThere = typeof number === 'number' && number >= 0 && number < size
  const last = firstOf(size - 1)
  const range = { from: format.number(from), to: format.number(Math.min(size, from + blocksPerPage) - 1) }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isThere) onFrom(firstOf(number))
  }
  return (
    <form className={styles.pager} onSubmit={submit}>
      <span>{t('notary.chain.range', { ...range, size: format.number(size) })}</span>
      <NumberInput
        size="xs"
        aria-label={t('notary.chain.goTo')}
        placeholder={t('notary.chain.goTo')}
        hideControls
        allowDecimal={false}
        min={0}
        max={size - 1}
        value={number}
        onChange={setNumber}
      />
      <Button size="xs" variant="default" disabled={from === 0} onClick={() => onFrom(from - blocksPerPage)}>
        {t('notary.chain.older')}
      </Button>
      <Button size="xs" variant="default" disabled={from >= last} onClick={() => onFrom(from + blocksPerPage)}>
        {t('notary.chain.newer')}
      </Button>
      <Button size="xs" variant="default" disabled={from >= last} onClick={() => onFrom(null)}>
        {t('notary.chain.newest')}
      </Button>
    </form>
  )
}
