import { createContext, type ReactNode, useContext } from 'react'
import { useStore } from 'zustand'
import { assert } from '#kit/assert'
import type { Actions } from './actions.ts'
import type { ChatClient } from './chat/client.ts'
import type { ChatState } from './chat/state.ts'
import type { TrayState } from './notary/tray.ts'
import type { TrayActions } from './notary/tray-actions.ts'
import type { ProblemsState } from './problems.ts'
import type { RecordingState } from './recording.ts'
import type { SettingsState } from './settings.ts'
import type { ArtState } from './shop/art.ts'
import type { ShopClient } from './shop/client.ts'
import type { NamesState } from './shop/names.ts'
import type { ShopState } from './shop/state.ts'
import type { Stores } from './stores.ts'
import { hostNow, type TopologyState } from './topology.ts'
import type { UiState } from './ui.ts'

export interface Hands {
  readonly stores: Stores
  readonly actions: Actions
  readonly tray: TrayActions
  readonly chat: ChatClient
  readonly shop: ShopClient
}

const Context = createContext<Hands | null>(null)

export function StoresProvider({ hands, children }: { readonly hands: Hands; readonly children: ReactNode }) {
  return <Context value={hands}>{children}</Context>
}

export function useHands(): Hands {
  const hands = useContext(Context)
  assert(hands !== null, 'a component outside the provider of the stores')
  return hands
}

export const useActions = (): Actions => useHands().actions
export const useTrayActions = (): TrayActions => useHands().tray
export const useChatClient = (): ChatClient => useHands().chat
export const useShopClient = (): ShopClient => useHands().shop

export const useChat = <T,>(slice: (state: ChatState) => T): T => useStore(useHands().chat.store, slice)
export const useShop = <T,>(slice: (state: ShopState) => T): T => useStore(useHands().shop.store, slice)
export const useShopArt = <T,>(slice: (state: ArtState) => T): T => useStore(useHands().shop.art, slice)
export const useShopNames = <T,>(slice: (state: NamesState) => T): T => useStore(useHands().shop.names, slice)
export const useTopology = <T,>(slice: (state: TopologyState) => T): T => useStore(useHands().stores.topology, slice)
export const useRecording = <T,>(slice: (state: RecordingState) => T): T => useStore(useHands().stores.recording, slice)
export const useProblems = <T,>(slice: (state: ProblemsState) => T): T => useStore(useHands().stores.problems, slice)
export const useSettings = <T,>(slice: (state: SettingsState) => T): T => useStore(useHands().stores.settings, slice)
export const useTray = <T,>(slice: (state: TrayState) => T): T => useStore(useHands().stores.tray, slice)
export const useUi = <T,>(slice: (state: UiState) => T): T => useStore(useHands().stores.ui, slice)

/** The host's clock, as far as the window can tell; it moves with the window's one beat. */
export function useHostNow(): number {
  const nowMs = useStore(useHands().stores.now, (state) => state.nowMs)
  return useTopology((state) => hostNow(state, nowMs))
}
