import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { shopDeskLimits } from '#contract/worker/shop-calls'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { DeedToldWords } from './deed-told.tsx'
import styles from './staff.module.css'
import { useDeed } from './use-deed.ts'

export function CategoryDialog({ onClose }: { onClose(): void }) {
  const { t } = useWords()
  const { ask } = useActions()
  const { isBusy, told, run } = useDeed()
  const [typed, setTyped] = useState('')
  const name = typed.trim()
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (isBusy || name === '') return
    const isDone = await run(name, async (id) => {
      const result = await ask('shop.addCategory', { id, name })
      if (!result.ok) return result
      const { refused: why } = result.value
      return { ok: true, value: why === null ? { kind: 'done' } : { kind: 'refused', why } }
    })
    if (isDone) onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('shop.staff.newCategory')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <TextInput
          label={t('shop.staff.fields.name')}
          value={typed}
          maxLength={shopDeskLimits.nameCharsMax}
          data-autofocus
          data-testid="shop-category-name"
          onChange={({ currentTarget: { value } }) => setTyped(value)}
        />
        <DeedToldWords told={told} />
        <Button type="submit" loading={isBusy} disabled={name === ''} data-testid="shop-category-save">
          {t('shop.staff.save')}
        </Button>
      </form>
    </Modal>
  )
}
