import { IconArrowsSplit2 } from '@tabler/icons-react'
import { listed } from '../../i18n/sentences/listed.ts'
import { useWords } from '../../i18n/use-words.ts'
import type { Ring, RingSight } from '../../stores/derived/rings.ts'
import styles from './ring-page.module.css'

/** Two rings where one should be: who is with whom, and what will come of it. */
export function SplitNote({ sight }: { readonly sight: RingSight }) {
  const { t, language } = useWords()
  if (!sight.isSplit) return null
  const namesOf = ({ peers }: Ring): string =>
    listed(
      peers.map(({ facts }) => facts.name),
      language,
    )
  const rings = sight.rings.filter(({ isLed }) => isLed).map(namesOf)
  return (
    <p className={styles.split} role="status" data-testid="ring-split">
      <IconArrowsSplit2 size={18} aria-hidden="true" />
      <span>{t('ring.split', { rings: rings.join(' | ') })}</span>
    </p>
  )
}
