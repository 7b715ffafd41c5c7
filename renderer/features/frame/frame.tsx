import { lazy, type ReactNode, Suspense } from 'react'
import { useWords } from '../../i18n/use-words.ts'
import { useUi } from '../../stores/context.tsx'
import styles from './frame.module.css'
import { LineBanner } from './line-banner.tsx'
import { Notices } from './notices.tsx'
import { Rail } from './rail.tsx'
import { StartStrip } from './start-strip.tsx'
import { TopBar } from './top-bar.tsx'
import { useShortcuts } from './use-shortcuts.ts'

/** Fetched when the window has nothing else to do, so that the palette is there at the first press. */
const palette = new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2_000 })).then(
  () => import('./palette.tsx'),
)
const Palette = lazy(() => palette.then(({ Palette: value }) => ({ default: value })))
const Shortcuts = lazy(() => import('./shortcuts.tsx').then(({ Shortcuts: value }) => ({ default: value })))

/** What stands around every page. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { t } = useWords()
  const isAlone = useUi((state) => state.route.isAlone)
  const isNarrow = useUi((state) => state.isRailNarrow)
  const page = useUi((state) => state.route.page)
  const open = useUi((state) => state.open)
  useShortcuts()
  return (
    <div className={styles.frame} data-rail={isAlone ? 'none' : isNarrow ? 'narrow' : 'wide'}>
      <button type="button" className={styles.skip} onClick={skipToContent}>
        {t('frame.skip')}
      </button>
      {isAlone ? null : <Rail />}
      <div className={styles.column}>
        <TopBar />
        <LineBanner />
        <StartStrip />
        <main id="content" className={styles.content} tabIndex={-1} data-testid={`page-${page}`}>
          {children}
        </main>
        <Notices />
      </div>
      <Suspense fallback={null}>
        {open === 'palette' ? <Palette /> : null}
        {open === 'shortcuts' ? <Shortcuts /> : null}
      </Suspense>
    </div>
  )
}

/** The address behind the `#` is ours, so the jump is made by hand. */
function skipToContent(): void {
  document.getElementById('content')?.focus()
}
