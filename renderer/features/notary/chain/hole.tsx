import type { ChainBreak } from '#contract/worker/desk'
import { useWords } from '../../../i18n/use-words.ts'
import styles from './block.module.css'
import { checkWords } from './check-words.ts'

/** Where a block should stand and none that can be read does: a copy is shown up to here. */
export function Hole({ hole }: { readonly hole: ChainBreak }) {
  const { t, format } = useWords()
  return (
    <li className={styles.block} data-broken="true" data-testid={`block-${hole.index}`} data-breaks="copy">
      <h3>{t('notary.chain.block', { index: format.number(hole.index) })}</h3>
      <p className={styles.why}>{t('notary.chain.hole', { check: checkWords(hole.check, t) })}</p>
    </li>
  )
}
