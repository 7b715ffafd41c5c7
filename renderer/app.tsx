import { Button, MantineProvider } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { i18n } from 'i18next'
import { lazy, Suspense, useEffect } from 'react'
import { I18nextProvider } from 'react-i18next'
import { unreachable } from '#kit/assert'
import { Frame } from './features/frame/frame.tsx'
import { speak } from './i18n/translations.ts'
import { useWords } from './i18n/use-words.ts'
import type { Actions } from './stores/actions.ts'
import { StoresProvider, useSettings, useUi } from './stores/context.tsx'
import type { TrayActions } from './stores/notary/tray-actions.ts'
import type { PageName } from './stores/route.ts'
import type { Stores } from './stores/stores.ts'
import { Busy } from './ui/busy.tsx'
import { Empty } from './ui/empty.tsx'
import { ErrorBoundary } from './ui/error-boundary.tsx'
import { theme, variables } from './ui/theme.ts'

const Overview = lazy(() =>
  import('./features/overview/overview-page.tsx').then(({ OverviewPage: value }) => ({ default: value })),
)
const Notary = lazy(() =>
  import('./features/notary/notary-page.tsx').then(({ NotaryPage: value }) => ({ default: value })),
)
const Lab = lazy(() => import('./features/lab/lab-page.tsx').then(({ LabPage: value }) => ({ default: value })))
const Settings = lazy(() =>
  import('./features/settings/settings-page.tsx').then(({ SettingsPage: value }) => ({ default: value })),
)
const System = lazy(() =>
  import('./features/systems/system-page.tsx').then(({ SystemPage: value }) => ({ default: value })),
)

interface AppProps {
  readonly stores: Stores
  readonly actions: Actions
  readonly tray: TrayActions
  readonly translations: i18n
  readonly nonce: string
  onBug(error: unknown, where: string): void
}

export function App({ stores, actions, tray, translations, nonce, onBug }: AppProps) {
  return (
    <I18nextProvider i18n={translations}>
      <StoresProvider hands={{ stores, actions, tray }}>
        <Look nonce={nonce} translations={translations}>
          <Whole onBug={onBug} />
        </Look>
      </StoresProvider>
    </I18nextProvider>
  )
}

interface LookProps {
  readonly nonce: string
  readonly translations: i18n
  readonly children: React.ReactNode
}

/** Theme and language follow the settings, whoever changed them. */
function Look({ nonce, translations, children }: LookProps) {
  const language = useSettings((state) => state.settings.language)
  const wanted = useSettings((state) => state.settings.theme)
  const isSystemDark = useMediaQuery('(prefers-color-scheme: dark)', false, { getInitialValueInEffect: false })
  const scheme = wanted === 'system' ? (isSystemDark ? 'dark' : 'light') : wanted
  useEffect(() => {
    void speak(translations, language).then(() => {
      document.documentElement.lang = language
    })
  }, [translations, language])
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      forceColorScheme={scheme}
      getStyleNonce={() => nonce}
      deduplicateCssVariables={false}
    >
      {children}
    </MantineProvider>
  )
}

function Whole({ onBug }: Pick<AppProps, 'onBug'>) {
  const page = useUi((state) => state.route.page)
  return (
    <ErrorBoundary place="window" onBug={onBug} fallback={(again) => <Broken again={again} />}>
      <Frame>
        <ErrorBoundary place={page} onBug={onBug} fallback={(again) => <Broken again={again} />}>
          <Suspense fallback={<Busy />}>
            <Page page={page} />
          </Suspense>
        </ErrorBoundary>
      </Frame>
    </ErrorBoundary>
  )
}

function Page({ page }: { readonly page: PageName }) {
  switch (page) {
    case 'overview':
      return <Overview />
    case 'notary':
      return <Notary />
    case 'chat':
    case 'ring':
    case 'shop':
      return <System system={page} />
    case 'lab':
      return <Lab />
    case 'settings':
      return <Settings />
    default:
      return unreachable(page)
  }
}

function Broken({ again }: { readonly again: () => void }) {
  const { t } = useWords()
  return (
    <Empty title={t('frame.crashTitle')} text={t('frame.crashText')}>
      <Button onClick={again}>{t('frame.crashAgain')}</Button>
    </Empty>
  )
}
