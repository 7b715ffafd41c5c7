import { Button, NativeSelect, NumberInput } from '@mantine/core'
import { IconSchool } from '@tabler/icons-react'
import { type FormEvent, useId, useState } from 'react'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import styles from './lesson.module.css'
import type { Peer } from './peers.ts'

interface LessonProps {
  readonly peers: readonly Peer[]
  readonly size: number
  onTampered(peer: string, index: number): void
}

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
          {size > 1 ? (
            <TamperForm peers={peers} size={size} onTampered={onTampered} />
          ) : (
            <p className={styles.said}>{t('notary.chain.lessonNone')}</p>
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
  const [said, setSaid] = useState('')
  // A follower is the better lesson: the leader would go on leading with a changed copy.
  const chosen = up.find(({ id }) => id === peer) ?? up.find(({ leads }) => !leads) ?? up[0]
  const isRecord = typeof number === 'number' && number >= 1 && number < size
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (chosen === undefined || !isRecord) return
    setBusy(true)
    const { ok } = await call('notary.tamper', { nodeId: chosen.id, index: number })
    setBusy(false)
    if (!ok) return
    setSaid(t('notary.chain.tampered', { node: chosen.id, index: format.number(number) }))
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
      <NumberInput
        size="sm"
        label={t('notary.chain.lessonRecord')}
        hideControls
        allowDecimal={false}
        min={1}
        max={size - 1}
        value={number}
        data-testid="tamper-index"
        onChange={setNumber}
      />
      <Button
        size="sm"
        variant="default"
        className={styles.danger}
        type="submit"
        loading={isBusy}
        disabled={chosen === undefined || !isRecord}
        data-testid="tamper"
      >
        {t('notary.chain.lessonDo')}
      </Button>
      <p className={styles.said} role="status">
        {said}
      </p>
    </form>
  )
}
