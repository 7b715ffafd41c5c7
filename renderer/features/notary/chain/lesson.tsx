import { Button, NativeSelect } from '@mantine/core'
import { IconSchool } from '@tabler/icons-react'
import { type FormEvent, useId, useState } from 'react'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { isRecord, RecordNumber } from '../record-number.tsx'
import styles from './lesson.module.css'
import type { Peer } from './peers.ts'

interface LessonProps {
  readonly peers: readonly Peer[]
  readonly size: number
  onTampered(peer: string, index: number): void
}

/** The node refuses it to fewer: what is left of them is no majority that could give a copy back. */
const peersMin = 3

const steps = ['look', 'examine', 'proof', 'repair'] as const

/** Somebody changes the register behind a peer's back. The words say which check catches it, and where. */
export function Lesson({ peers, size, onTampered }: LessonProps) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const part = useId()
  return (
    <section className={styles.lesson} data-testid="lesson">
      <button
        type="button"
        className={styles.opener}
        aria-expanded={isOpen}
        aria-controls={part}
        data-testid="open-lesson"
        onClick={() => setOpen((is) => !is)}
      >
        <IconSchool size={20} aria-hidden="true" />
        {t('notary.chain.lesson')}
      </button>
      <div id={part} className={styles.inside} hidden={!isOpen}>
        <div>
          <p>{t('notary.chain.lessonText')}</p>
          {peers.length >= peersMin && size > 1 ? (
            <TamperForm peers={peers} size={size} onTampered={onTampered} />
          ) : (
            <p className={styles.said} data-testid="no-lesson">
              {t(peers.length < peersMin ? 'notary.chain.lessonFew' : 'notary.chain.lessonNone')}
            </p>
          )}
        </div>
        <div>
          <h3>{t('notary.chain.lessonSteps.title')}</h3>
          <ol className={styles.steps}>
            {steps.map((step) => (
              <li key={step}>{t(`notary.chain.lessonSteps.${step}`)}</li>
            ))}
          </ol>
        </div>
      </div>
    </section>
  )
}

function TamperForm({ peers, size, onTampered }: LessonProps) {
  const { t, format } = useWords()
  const { call } = useActions()
  const up = peers.filter(({ isUp }) => isUp)
  const [peer, setPeer] = useState<string | null>(null)
  const [number, setNumber] = useState<string | number>(1)
  const [isBusy, setBusy] = useState(false)
  const [done, setDone] = useState<{ readonly node: string; readonly index: number } | null>(null)
  // A follower is the better lesson: the leader would go on leading with a changed copy.
  const chosen = up.find(({ id }) => id === peer) ?? up.find(({ leads }) => !leads) ?? up[0]
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (chosen === undefined || !isRecord(number, 1, size)) return
    setBusy(true)
    const { ok } = await call('notary.tamper', { nodeId: chosen.id, index: number })
    setBusy(false)
    if (!ok) return
    setDone({ node: chosen.id, index: number })
    onTampered(chosen.id, number)
  }
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <NativeSelect
        size="sm"
        label={t('notary.chain.lessonChoose')}
        value={chosen?.id ?? ''}
        data={up.map(({ id }) => id)}
        data-testid="tamper-peer"
        onChange={({ currentTarget: { value } }) => setPeer(value)}
      />
      <RecordNumber
        label={t('notary.chain.lessonRecord')}
        from={1}
        size={size}
        value={number}
        testId="tamper-index"
        onChange={setNumber}
      />
      <Button
        size="sm"
        variant="default"
        className={styles.danger}
        type="submit"
        loading={isBusy}
        disabled={chosen === undefined || !isRecord(number, 1, size)}
        data-testid="tamper"
      >
        {t('notary.chain.lessonDo')}
      </Button>
      <p className={styles.said} role="status">
        {done === null ? '' : t('notary.chain.tampered', { node: done.node, index: format.number(done.index) })}
      </p>
    </form>
  )
}
