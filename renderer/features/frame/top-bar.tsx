import { IconSearch } from '@tabler/icons-react'
import { useWords } from '../../i18n/use-words.ts'
import { useHands, useTopology, useUi } from '../../stores/context.tsx'
import { FaultsSign } from './faults-sign.tsx'
import { HealthSign } from './health-sign.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { OwnWindow } from './own-window.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import styles from './top-bar.module.css'

export function TopBar() {
  const { t } = useWords()
  const { stores } = useHands()
  const lab = useTopology((state) => state.snapshot?.lab ?? null)
  const isAlone = useUi((state) => state.route.isAlone)
  return (
    // Not a header: dialogs bring one of their own, and a page has one banner.
    <section className={styles.bar} aria-label={t('frame.tools')}>
      {lab === null ? null : <span className={styles.lab}>{t('frame.labName', { name: lab })}</span>}
      <HealthSign />
      <FaultsSign />
      <button
        type="button"
        className={styles.search}
        data-testid="open-palette"
        onClick={() => stores.ui.setState({ open: 'palette' })}
      >
        <IconSearch size={16} aria-hidden="true" />
        <span>{t('frame.commands')}</span>
        <kbd>{isApple() ? '⌘ K' : 'Ctrl K'}</kbd>
      </button>
      {isAlone ? null : <OwnWindow />}
      <LanguageSwitch />
      <ThemeSwitch />
    </section>
  )
}

function isApple(): boolean {
  return /mac|iphone|ipad/i.test(navigator.userAgent)
}
