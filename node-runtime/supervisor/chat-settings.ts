import type { ChatSetup } from '#contract/window/chat'
import { type ChatSettings, chatLayouts, chatProfiles, chatReaches } from '#contract/worker/chat'
import { fail, ok, type Result } from '#kit/result'
import { type Cluster, isAtRest } from './cluster-ports.ts'
import type { LabFolder } from './lab-folder.ts'

/** What holds until somebody chooses otherwise. */
export const defaultChat: ChatSettings = {
  profile: 'leader',
  hasJsonPublications: false,
  layout: 'course',
  reach: 'loopback',
}

/** null for what is not whole and sound: it stands in a file that people may have edited. */
export function readChatSettings(value: unknown): ChatSettings | null {
  if (typeof value !== 'object' || value === null) return null
  const { profile, hasJsonPublications, layout, reach } = value as Partial<Record<string, unknown>> // looked at below
  const known = chatProfiles.find((one) => one === profile)
  const served = chatLayouts.find((one) => one === layout)
  // What does not say so stays on this machine.
  const reached = chatReaches.find((one) => one === (reach ?? 'loopback'))
  if (known === undefined || served === undefined || reached === undefined) return null
  return typeof hasJsonPublications === 'boolean'
    ? { profile: known, hasJsonPublications, layout: served, reach: reached }
    : null
}

/** What was chosen, and what can still be chosen. */
export function chatSetup({ spec: { id, chat } }: Cluster, folder: LabFolder): Result<ChatSetup> {
  if (chat === null) return fail('does-not-apply', `${id} is no chat`)
  return ok({ settings: folder.chat(id), canChooseProfile: !chat.servers.some((node) => folder.hasRun(node)) })
}

/** What the servers have kept in one profile means nothing in the other, so that is chosen before any has run. */
export function configureChat(
  { spec, nodes }: Cluster,
  change: Partial<ChatSettings>,
  folder: LabFolder,
): Result<ChatSettings> {
  const { id, chat } = spec
  if (chat === null) return fail('does-not-apply', `${id} is no chat`)
  if (!isAtRest({ spec, nodes })) return fail('does-not-apply', `${id} is up; stop it first`)
  const before = folder.chat(id)
  const after = { ...before, ...change }
  if (after.profile !== before.profile && chat.servers.some((node) => folder.hasRun(node))) {
    return fail('does-not-apply', `${id} has answered as ${before.profile}; only a lab that is reset can choose again`)
  }
  const kept = folder.keepChat(id, after)
  return kept.ok ? ok(after) : kept
}
