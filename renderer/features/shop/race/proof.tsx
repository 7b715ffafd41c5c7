import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { RaceProof } from '#contract/worker/shop-races'
import { useWords } from '../../../i18n/use-words.ts'
import { LedgerTable } from '../ledger-table.tsx'
import styles from './race.module.css'

/** What the ledger says from the opening of the race on, and whether it can be true. */
export function Proof({ proof, units }: { readonly proof: RaceProof; readonly units: number }) {
  const { t, format } = useWords()
  return (
    <section
      className={styles.proof}
      aria-label={t('shop.race.proof')}
      data-testid="shop-race-proof"
      data-sold={proof.sold}
    >
      <h3>{t('shop.race.proof')}</h3>
      <p>
        {t('shop.race.opening', {
          onHand: format.number(proof.openingOnHand),
          movement: format.number(proof.openingMovement),
        })}{' '}
        {t('shop.race.sold', { count: proof.sold, units: format.number(units) })}
      </p>
      <ul className={styles.checks}>
        {proof.checks.map(({ check, isRight, values }) => (
          <li key={check} data-testid={`shop-check-${check}`} data-right={isRight}>
            <span className={styles.sign} data-right={isRight}>
              {isRight ? (
                <IconCheck size={17} aria-hidden="true" />
              ) : (
                <IconAlertTriangle size={17} aria-hidden="true" />
              )}
            </span>
            <span>
              {t(`shop.race.checks.${check}`)} <strong>{t(isRight ? 'shop.race.holds' : 'shop.race.fails')}</strong>
              {values.length === 0 ? null : <code>{values.join(' · ')}</code>}
            </span>
          </li>
        ))}
      </ul>
      <LedgerTable caption={t('shop.race.proof')} rows={proof.rows} isOfOne />
      {proof.rowsLeftOut === 0 ? null : (
        <p className={styles.soft}>{t('shop.race.leftOut', { count: proof.rowsLeftOut })}</p>
      )}
    </section>
  )
}
