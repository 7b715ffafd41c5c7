import { Button, Modal, NativeSelect, NumberInput, Switch, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { shopDeskLimits } from '#contract/worker/shop-calls'
import type { ShopProduct } from '#contract/worker/shop-shapes'
import { useWords } from '../../../i18n/use-words.ts'
import { useActions } from '../../../stores/context.tsx'
import { centsOf } from '../../../stores/shop/money.ts'
import { Busy } from '../../../ui/busy.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import { DeedToldWords } from './deed-told.tsx'
import { changeOf, draftOf, newProductOf, type ProductDraft } from './product-draft.ts'
import styles from './staff.module.css'
import { useDeed } from './use-deed.ts'

interface ProductDialogProps {
  /** null: a new one. */
  readonly product: ShopProduct | null
  onClose(): void
}

export function ProductDialog({ product, onClose }: ProductDialogProps) {
  const { t } = useWords()
  const { answer } = useAnswer('shop.categories', {})
  const title = product === null ? t('shop.staff.newProduct') : t('shop.staff.changeOf', { name: product.name })
  return (
    <Modal opened onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': t('common.close') }}>
      {answer === null ? (
        <Busy />
      ) : (
        <ProductForm product={product} categories={answer.ok ? answer.value.categories : []} onClose={onClose} />
      )}
    </Modal>
  )
}

interface ProductFormProps extends ProductDialogProps {
  readonly categories: readonly { readonly id: number; readonly name: string }[]
}

function ProductForm({ product, categories, onClose }: ProductFormProps) {
  const { t, format } = useWords()
  const { ask } = useActions()
  const { isBusy, told, run } = useDeed()
  const [draft, setDraft] = useState(() => draftOf(product, categories, format))
  const change = product === null ? null : changeOf(product, draft)
  const made = product === null ? newProductOf(draft) : null
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (isBusy) return
    const isDone =
      product !== null && change !== null
        ? await run(JSON.stringify(change), (id) => ask('shop.changeProduct', { id, product: product.id, ...change }))
        : made !== null && (await run(JSON.stringify(made), (id) => ask('shop.addProduct', { id, ...made })))
    if (isDone) onClose()
  }
  return (
    <form className={styles.form} data-testid="shop-product-dialog" onSubmit={(event) => void submit(event)}>
      <ProductFields draft={draft} isNew={product === null} categories={categories} onDraft={setDraft} />
      <DeedToldWords told={told} />
      <Button
        type="submit"
        loading={isBusy}
        disabled={change === null && made === null}
        data-testid="shop-product-save"
      >
        {t('shop.staff.save')}
      </Button>
    </form>
  )
}

interface FieldsProps {
  readonly draft: ProductDraft
  readonly isNew: boolean
  readonly categories: ProductFormProps['categories']
  onDraft(draft: ProductDraft): void
}

function ProductFields({ draft, isNew, categories, onDraft }: FieldsProps) {
  const { t } = useWords()
  const isNoPrice = draft.price.trim() !== '' && centsOf(draft.price) === null
  return (
    <>
      <TextInput
        label={t('shop.staff.fields.name')}
        value={draft.name}
        maxLength={shopDeskLimits.nameCharsMax}
        data-autofocus
        data-testid="shop-product-name"
        onChange={({ currentTarget: { value } }) => onDraft({ ...draft, name: value })}
      />
      <Textarea
        label={t('shop.staff.fields.description')}
        value={draft.description}
        maxLength={shopDeskLimits.descriptionCharsMax}
        rows={3}
        data-testid="shop-product-description"
        onChange={({ currentTarget: { value } }) => onDraft({ ...draft, description: value })}
      />
      <TextInput
        label={t('shop.staff.fields.price')}
        value={draft.price}
        maxLength={16}
        inputMode="decimal"
        error={isNoPrice ? t('shop.noPrice') : undefined}
        data-testid="shop-product-price"
        onChange={({ currentTarget: { value } }) => onDraft({ ...draft, price: value })}
      />
      <NativeSelect
        label={t('shop.staff.fields.category')}
        value={draft.category}
        data={categories.map(({ id, name }) => ({ value: String(id), label: name }))}
        data-testid="shop-product-category"
        onChange={({ currentTarget: { value } }) => onDraft({ ...draft, category: value })}
      />
      {isNew ? (
        <NumberInput
          label={t('shop.staff.fields.onHand')}
          value={draft.onHand}
          min={0}
          max={shopDeskLimits.quantityMax}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          data-testid="shop-product-on-hand"
          onChange={(onHand) => onDraft({ ...draft, onHand })}
        />
      ) : (
        <Switch
          label={t('shop.staff.fields.isActive')}
          checked={draft.isActive}
          data-testid="shop-product-active"
          onChange={({ currentTarget: { checked } }) => onDraft({ ...draft, isActive: checked })}
        />
      )}
    </>
  )
}
