import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { i18n } from 'i18next'
import { lazy, Suspense, useEffect } from 'react'
import { I18nextProvider } from 'react-i18next'
import { unreachable } from '#kit/assert'
import { Frame } from './features/frame/frame.tsx'
import { speak } from './i18n/translations.ts'
import { useWords } from './i18n/use-words.ts'
import { type Hands, StoresProvider, useSettings, useUi } from './stores/context.tsx'
import type { PageName } from './stores/route.ts'
import { Busy } from './ui/busy.tsx'
import { Empty } from './ui/empty.tsx'
import { ErrorBoundary } from './ui/error-boundary.tsx'
import { Look } from './ui/look.tsx'

const Overview = lazy(() =>
  import('./features/overview/overview-page.tsx').then(({ OverviewPage: value }) => ({ default: value })),
)
const Notary = lazy(() =>
  import('./features/notary/notary-page.tsx').then(({ NotaryPage: value }) => ({ default: value })),
)
const Chat = lazy(() => import('./features/chat/chat-page.tsx').then(({ ChatPage: value }) => ({ default: value })))
const Ring = lazy(() => import('./features/ring/ring-page.tsx').then(({ RingPage: value }) => ({ default: value })))
const Shop = lazy(() => import('./features/shop/shop-page.tsx').then(({ ShopPage: value }) => ({ default: value })))
const Lab = lazy(() => import('./features/lab/lab-page.tsx').then(({ LabPage: value }) => ({ default: value })))
const Settings = lazy(() =>
  import('./features/settings/settings-page.tsx').then(({ SettingsPage: value }) => ({ default: value })),
)

interface AppProps {
  readonly hands: Hands
  readonly translations: i18n
  readonly nonce: string
  onBug(error: unknown, where: string): void
}

export function App({ hands, translations, nonce, onBug }: AppProps) {
  return (
    <I18nextProvider i18n={translations}>
      <StoresProvider hands={hands}>
        <Settled nonce={nonce} translations={translations}>
          <Whole onBug={onBug} />
        </Settled>
      </StoresProvider>
    </I18nextProvider>
  )
}

interface SettledProps {
  readonly nonce: string
  readonly translations: i18n
  readonly children: React.ReactNode
}

/** Theme and language follow the settings, whoever changed them. */
function Settled({ nonce, translations, children }: SettledProps) {
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
    <Look scheme={scheme} nonce={nonce}>
      {children}
    </Look>
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
    case 'ring':
      return <Ring />
    case 'chat':
      return <Chat />
    case 'shop':
      return <Shop />
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
