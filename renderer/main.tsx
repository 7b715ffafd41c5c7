import './styles/mantine.css'
import './styles/tokens.css'
import './styles/base.css'
import { createRoot } from 'react-dom/client'
import { assert } from '#kit/assert'
import { App } from './app.tsx'
import { chooseBridge } from './bridge/choose-bridge.ts'
import type { WindowBridge } from './bridge/types.ts'
import { connect } from './connect.ts'
import { startHasher } from './hashing/start-hasher.ts'
import { createTranslations } from './i18n/translations.ts'
import { makeActions } from './stores/actions.ts'
import { ChatClient } from './stores/chat/client.ts'
import { withNews } from './stores/notary/tray.ts'
import { makeTrayActions } from './stores/notary/tray-actions.ts'
import { parseRoute } from './stores/route.ts'
import { guessedSettings } from './stores/settings.ts'
import { ShopClient } from './stores/shop/client.ts'
import { createStores } from './stores/stores.ts'
import { pageNonce } from './ui/look.tsx'

/** The host answers its settings in a moment or not at all; the first picture does not wait longer than this for them. */
const settingsWithinMs = 400

async function start(): Promise<void> {
  const nonce = pageNonce()
  const bridge = await chooseBridge()
  const settings = await firstSettings(bridge)
  const stores = createStores({ settings, route: parseRoute(window.location.hash), nowMs: Date.now() })
  const translations = await createTranslations(settings.language)
  document.documentElement.lang = settings.language
  const actions = makeActions({
    bridge,
    stores,
    nowMs: () => Date.now(),
    setHash: (hash) => {
      window.location.hash = hash
    },
  })
  const tray = makeTrayActions({
    stores,
    ask: actions.ask,
    hasher: startHasher((news) => stores.tray.setState((state) => withNews(state, news))),
    newKey: () => crypto.randomUUID(),
  })
  const newId = (): string => crypto.randomUUID().replaceAll('-', '')
  const chat = new ChatClient({
    ...actions,
    wait: (ms) => new Promise((resolve) => window.setTimeout(resolve, ms)),
    newId,
  })
  const shop = new ShopClient({ ask: actions.ask, newId })
  connect(bridge, stores, browserPage)
  const root = document.getElementById('root')
  assert(root !== null, 'index.html has a root')
  createRoot(root).render(
    <App hands={{ stores, actions, tray, chat, shop }} translations={translations} nonce={nonce} onBug={onBug} />,
  )
}

async function firstSettings(bridge: WindowBridge) {
  const guessed = guessedSettings(navigator.language)
  const late = new Promise<null>((resolve) => window.setTimeout(() => resolve(null), settingsWithinMs))
  const answer = await Promise.race([bridge.call('settings.get', {}), late])
  return answer?.ok ? answer.value : guessed
}

const browserPage = {
  nowMs: () => Date.now(),
  every: (everyMs: number, work: () => void) => {
    const timer = window.setInterval(work, everyMs)
    return () => window.clearInterval(timer)
  },
  hash: () => window.location.hash,
  onHash: (work: () => void) => {
    window.addEventListener('hashchange', work)
    return () => window.removeEventListener('hashchange', work)
  },
}

function onBug(error: unknown, where: string): void {
  // biome-ignore lint/suspicious/noConsole: the developer tools are the only place for a bug's details; people get words.
  console.error(error, where)
}

void start()
