import { Button, TextInput } from '@mantine/core'
import { IconCertificate } from '@tabler/icons-react'
import { useMemo } from 'react'
import { isFittingRegistrant } from '#contract/worker/order-text'
import { useWords } from '../../../i18n/use-words.ts'
import { useTray, useTrayActions } from '../../../stores/context.tsx'
import { totalsOf } from '../../../stores/notary/tray.ts'
import { Refusal } from '../../../ui/refusal.tsx'
import styles from './register-part.module.css'
import { Step } from './step.tsx'

/** The third step. */
export function SendBar() {
  const { t, format } = useWords()
  const tray = useTrayActions()
  const items = useTray((state) => state.items)
  const registrant = useTray((state) => state.registrant)
  const sending = useTray((state) => state.sending)
  const refusal = useTray((state) => state.refusal)
  const { hashed, open } = useMemo(() => totalsOf(items), [items])
  const isFitting = isFittingRegistrant(registrant.trim())
  return (
    <Step number={3} title={t('notary.register.send')}>
      <div className={styles.send}>
        <TextInput
          size="sm"
          label={t('notary.register.registrant')}
          placeholder={t('notary.register.registrantHint')}
          error={isFitting ? null : t('notary.register.registrantLong')}
          value={registrant}
          data-testid="registrant"
          onChange={({ currentTarget: { value } }) => tray.setRegistrant(value)}
        />
        <Button
          leftSection={<IconCertificate size={18} aria-hidden="true" />}
          disabled={hashed === 0 || !isFitting}
          loading={sending !== null}
          data-testid="register"
          onClick={() => void tray.register()}
        >
          {t('notary.register.button', { count: hashed })}
        </Button>
      </div>
      <p className={styles.hint} role="status">
        {sending !== null
          ? t('notary.register.handing', { done: format.number(sending.done), all: format.number(sending.of) })
          : open > 0 && hashed > 0
            ? t('notary.register.stillOpen', { count: open })
            : ''}
      </p>
      {refusal === null ? null : (
        <>
          <Refusal code={refusal} />
          <p className={styles.hint}>{t('notary.register.again')}</p>
        </>
      )}
    </Step>
  )
}
