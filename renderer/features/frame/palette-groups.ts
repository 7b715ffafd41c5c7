import type { SpotlightActionData, SpotlightActionGroupData } from '@mantine/spotlight'
import { languages, themes } from '#contract/window/settings'
import type { NodeCard, TopologySnapshot } from '#contract/window/topology'
import { type Fault, faultKinds } from '#contract/worker/faults'
import type { Speech } from '../../i18n/use-words.ts'
import type { Actions } from '../../stores/actions.ts'
import type { ChatClient } from '../../stores/chat/client.ts'
import { enterPart, windowOf } from '../../stores/chat/places.ts'
import { withSearch } from '../../stores/chat/state.ts'
import { pages } from '../../stores/route.ts'
import type { ShopClient } from '../../stores/shop/client.ts'
import type { Stores } from '../../stores/stores.ts'
import { allNodes } from '../../stores/topology.ts'
import { defaultForMs, quickFault } from '../../ui/fault-form/quick-fault.ts'

interface PaletteParts {
  readonly speech: Speech
  readonly actions: Actions
  readonly snapshot: TopologySnapshot | null
  readonly ui: Stores['ui']
  readonly chat: ChatClient
  readonly shop: ShopClient
  /** What is typed, for a search of messages by these words. */
  readonly query: string
}

export function paletteGroups(parts: PaletteParts): readonly SpotlightActionGroupData[] {
  const { t } = parts.speech
  return [
    { group: t('frame.palette.goTo'), actions: places(parts) },
    { group: t('frame.palette.clusters'), actions: lives(parts) },
    { group: t('frame.palette.faults'), actions: faults(parts) },
    { group: t('frame.palette.look'), actions: looks(parts) },
    { group: t('shop.palette.group'), actions: shopCommands(parts) },
    // Last: a search fits whatever is typed, and is not meant as long as something else fits.
    { group: t('chat.palette.group'), actions: chatCommands(parts) },
  ]
}

function places({ speech: { t }, actions, snapshot, ui }: PaletteParts): SpotlightActionData[] {
  return [
    ...pages.map((page) =>
      command(`go-${page}`, t('frame.palette.goToPage', { page: t(`frame.pages.${page}`) }), () =>
        actions.go({ page }),
      ),
    ),
    ...allNodes(snapshot).map(({ id }) =>
      command(`show-${id}`, t('frame.palette.openNode', { node: id }), () =>
        actions.go({ page: 'overview', part: id }),
      ),
    ),
    command('shortcuts', t('frame.palette.shortcuts'), () => ui.setState({ open: 'shortcuts' })),
  ]
}

function lives({ speech: { t }, actions, snapshot }: PaletteParts): SpotlightActionData[] {
  const clusters = (snapshot?.clusters ?? []).map(({ id, kind, state }) => {
    const cluster = t(`overview.clusters.${kind}`)
    return state === 'stopped'
      ? command(`start-${id}`, t('frame.palette.startCluster', { cluster }), () =>
          actions.call('clusters.start', { clusterId: id }),
        )
      : command(`stop-${id}`, t('frame.palette.stopCluster', { cluster }), () =>
          actions.call('clusters.stop', { clusterId: id }),
        )
  })
  return [
    ...clusters,
    ...allNodes(snapshot).map((node) => nodeLife(node, { t, actions })),
    ...allNodes(snapshot).map(({ id }) =>
      command(`lead-${id}`, t('frame.palette.handOver', { node: id }), () => actions.askForLeader(id)),
    ),
  ]
}

function nodeLife(
  { id, state }: NodeCard,
  { t, actions }: { readonly t: Speech['t']; readonly actions: Actions },
): SpotlightActionData {
  return state.kind === 'running'
    ? command(`stop-${id}`, t('frame.palette.stopNode', { node: id }), () => actions.call('nodes.stop', { nodeId: id }))
    : command(`start-${id}`, t('frame.palette.startNode', { node: id }), () =>
        actions.call('nodes.start', { nodeId: id }),
      )
}

function faults({ speech, actions, snapshot }: PaletteParts): SpotlightActionData[] {
  const { t, format } = speech
  const nodes = allNodes(snapshot)
  const injections = faultKinds.flatMap((kind) =>
    nodes.flatMap((node): SpotlightActionData[] => {
      const fault: Fault | null = quickFault(kind, node, nodes)
      if (fault === null) return []
      const label = t('frame.palette.inject', { fault: t(`faults.kind.${kind}`), node: node.id })
      const description = t('frame.palette.injectFor', { time: format.duration(defaultForMs) })
      return [{ ...command(`${kind}-${node.id}`, label, () => actions.inject(fault, defaultForMs)), description }]
    }),
  )
  return [command('clear-all', t('frame.palette.clearAll'), () => actions.call('faults.clearAll', {})), ...injections]
}

function looks({ speech: { t }, actions }: PaletteParts): SpotlightActionData[] {
  return [
    ...themes.map((theme) =>
      command(`theme-${theme}`, t('frame.palette.theme', { theme: t(`frame.themes.${theme}`) }), () =>
        actions.changeSettings({ theme }),
      ),
    ),
    ...languages.map((language) =>
      command(`language-${language}`, t('frame.palette.language', { language: t(`frame.languages.${language}`) }), () =>
        actions.changeSettings({ language }),
      ),
    ),
  ]
}

function shopCommands({ speech: { t }, actions, shop }: PaletteParts): SpotlightActionData[] {
  return [
    command('shop-cart', t('shop.palette.cart'), () => {
      actions.go({ page: 'shop' })
      shop.openCart(true)
    }),
    command('shop-orders', t('shop.palette.orders'), () => actions.go({ page: 'shop', part: 'orders' })),
    command('shop-staff', t('shop.palette.staff'), () => actions.go({ page: 'shop', part: 'staff' })),
    command('shop-race', t('shop.palette.race'), () => actions.go({ page: 'shop', part: 'race' })),
  ]
}

/** The conversations of whoever speaks in this window, and ways to others. */
function chatCommands({ speech: { t }, actions, chat, query }: PaletteParts): SpotlightActionData[] {
  const { session, conversations } = chat.store.getState()
  const toTalk = (): void => actions.go({ page: 'chat', part: session?.session ?? null })
  const search = (words: string): void => {
    chat.store.setState((state) => withSearch(state, words))
    toTalk()
  }
  const always = [
    command('chat-programs', t('chat.palette.programs'), () => actions.go({ page: 'chat', part: 'programs' })),
    command('chat-enter', t('chat.palette.enter'), () =>
      actions.openWindow({ page: 'chat', part: enterPart, isAlone: true }),
    ),
  ]
  if (session === null) return always
  const { user } = session
  const words = query.trim()
  return [
    ...(conversations ?? []).map((row) =>
      command(
        `chat-${row.id}`,
        t('chat.palette.open', { name: row.kind === 'channel' ? `#${row.name}` : row.name }),
        () => {
          chat.open(row.id)
          toTalk()
        },
      ),
    ),
    command('chat-search', t('chat.palette.search'), () => search('')),
    ...(words === ''
      ? []
      : [command('chat-search-for', t('chat.palette.searchFor', { query: words }), () => search(words))]),
    command('chat-window', t('chat.palette.windowOf', { user }), () => actions.openWindow(windowOf(session.session))),
    command('chat-stamps', t('chat.palette.stamps'), () => {
      chat.store.setState(({ showsStamps }) => ({ showsStamps: !showsStamps }))
      toTalk()
    }),
    ...always,
  ]
}

function command(id: string, label: string, work: () => unknown): SpotlightActionData {
  return { id, label, onClick: () => void work() }
}
