import { type ChatLayout, chatLayouts } from '#contract/worker/chat'

/** By it the proxy tells servers which of its open forwarders anybody listens at (docs/decisions/0033). */
export const followedKind = 'chat-followed'

export function encodeFollowed(layouts: readonly ChatLayout[]): Uint8Array {
  return Uint8Array.of(...layouts.map((layout) => chatLayouts.indexOf(layout)))
}

/** null: no such word. */
export function decodeFollowed(bytes: Uint8Array): readonly ChatLayout[] | null {
  const layouts = [...bytes].flatMap((place) => chatLayouts[place] ?? [])
  return layouts.length === bytes.length && layouts.length <= chatLayouts.length ? layouts : null
}
