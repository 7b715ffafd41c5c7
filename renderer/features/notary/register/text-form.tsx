import { Button, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { deskLimits } from '#contract/worker/desk'
import { orderTextLimits } from '#contract/worker/order-text'
import { useWords } from '../../../i18n/use-words.ts'
import { useTrayActions } from '../../../stores/context.tsx'
import styles from './text-form.module.css'

export function TextForm({ onDone }: { readonly onDone: () => void }) {
  const { t, format } = useWords()
  const tray = useTrayActions()
  const [title, setTitle] = useState('')
  const [text, setText] = useState('')
  const isReady = text.trim() !== '' && title.trim() !== ''
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isReady) return
    tray.addText(text, title.trim())
    onDone()
  }
  const max = deskLimits.textCharsMax
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        size="sm"
        label={t('notary.register.textTitle')}
        maxLength={orderTextLimits.titleCharsMax}
        value={title}
        data-autofocus
        data-testid="text-title"
        onChange={({ currentTarget: { value } }) => setTitle(value)}
      />
      <Textarea
        size="sm"
        label={t('notary.register.textBody')}
        description={t('notary.register.textHint')}
        rows={3}
        maxLength={max}
        value={text}
        data-testid="text-body"
        onChange={({ currentTarget: { value } }) => setText(value)}
      />
      <div className={styles.formEnd}>
        <span>{t('notary.register.textLeft', { count: format.number(text.length), max: format.number(max) })}</span>
        <Button size="xs" type="submit" disabled={!isReady} data-testid="add-text">
          {t('notary.register.addText')}
        </Button>
      </div>
    </form>
  )
}
