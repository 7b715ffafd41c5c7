import { useWords } from '../../../i18n/use-words.ts'
import { Refusal } from '../../../ui/refusal.tsx'
import styles from './staff.module.css'
import type { DeedTold } from './use-deed.ts'

export function DeedToldWords({ told }: { readonly told: DeedTold | null }) {
  const { t } = useWords()
  if (told === null) return null
  if (told.kind === 'failed') return <Refusal code={told.code} />
  return (
    <p className={styles.refused} role="alert" data-testid="shop-deed-refused" data-why={told.why}>
      {t(`shop.staff.refusals.${told.why}`)}
    </p>
  )
}
