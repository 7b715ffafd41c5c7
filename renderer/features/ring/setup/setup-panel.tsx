import { Button } from '@mantine/core'
import { useState } from 'react'
import type { RingConfigured, RingSetup } from '#contract/window/ring'
import type { ClusterId } from '#kit/ids'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { Busy } from '../../../ui/busy.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import { changeOf, draftOf, flawsOf } from './draft.ts'
import { KeyFields } from './key-fields.tsx'
import { NameFields } from './name-fields.tsx'
import { ReachFields } from './reach-fields.tsx'
import styles from './setup-panel.module.css'

/** How the lab's ring is set up: who is in it, how far it reaches, who may take part. */
export function SetupPanel({ clusterId }: { readonly clusterId: ClusterId }) {
  const { answer, turn, again } = useAnswer('ring.setup', { clusterId })
  if (answer === null) return <Busy />
  if (!answer.ok) return <Refusal code={answer.failure.code} onRetry={again} />
  return <SetupForm key={turn} clusterId={clusterId} setup={answer.value} />
}

interface SetupFormProps {
  readonly clusterId: ClusterId
  readonly setup: RingSetup
}

function SetupForm({ clusterId, setup: first }: SetupFormProps) {
  const { t } = useWords()
  const { call } = useActions()
  const [setup, setSetup] = useState(first)
  const [draft, setDraft] = useState(() => draftOf(first.settings))
  const [isBusy, setBusy] = useState(false)
  const [done, setDone] = useState<RingConfigured | null>(null)
  const change = changeOf(setup.settings, draft)
  const flaws = flawsOf(draft)
  const save = async (): Promise<void> => {
    if (change === null) return
    setBusy(true)
    setDone(null)
    const { names, ...rest } = change
    const result = await call('ring.configure', {
      clusterId,
      change: { ...rest, ...(names === undefined ? {} : { names: [...names] }) },
    })
    if (result.ok) {
      setSetup(result.value.setup)
      setDraft(draftOf(result.value.setup.settings))
      setDone(result.value)
    }
    setBusy(false)
  }
  const parts = { setup, draft, onChange: setDraft }
  return (
    <form
      className={styles.form}
      data-testid="ring-setup"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy && flaws.length === 0) void save()
      }}
    >
      <NameFields {...parts} />
      <ReachFields {...parts} />
      <KeyFields {...parts} />
      {flaws.map((flaw) => (
        <p key={flaw} className={styles.flaw} role="alert">
          {t(`ring.setup.flaws.${flaw}`)}
        </p>
      ))}
      <div className={styles.row}>
        <Button
          type="submit"
          loading={isBusy}
          disabled={change === null || flaws.length > 0}
          data-testid="ring-setup-save"
        >
          {t('ring.setup.save')}
        </Button>
        <p className={styles.hint} role="status">
          {isBusy ? t('ring.setup.saving') : done === null ? t('ring.setup.restarts') : t('ring.setup.saved')}
        </p>
      </div>
      {done?.phrase == null ? null : <Invented phrase={done.phrase} />}
    </form>
  )
}

/** Said this once: it is kept nowhere. */
function Invented({ phrase }: { readonly phrase: string }) {
  const { t } = useWords()
  const [isCopied, setCopied] = useState(false)
  return (
    <div className={styles.phrase} role="status" data-testid="ring-setup-phrase">
      <p>{t('ring.setup.invented')}</p>
      <code>{phrase}</code>
      <Button
        size="xs"
        variant="default"
        onClick={() => void navigator.clipboard.writeText(phrase).then(() => setCopied(true))}
      >
        {t(isCopied ? 'ring.setup.copied' : 'ring.setup.copy')}
      </Button>
    </div>
  )
}
