import type { ChatSettingsChange } from '#contract/window/chat'
import type { ChatSettings } from '#contract/worker/chat'

/** Only what differs: what is not named stays as it is. null: nothing does. */
export function changeOf(settings: ChatSettings, draft: ChatSettings): ChatSettingsChange | null {
  const change: ChatSettingsChange = {
    ...(draft.profile === settings.profile ? {} : { profile: draft.profile }),
    ...(draft.hasJsonPublications === settings.hasJsonPublications
      ? {}
      : { hasJsonPublications: draft.hasJsonPublications }),
    ...(draft.layout === settings.layout ? {} : { layout: draft.layout }),
    ...(draft.reach === settings.reach ? {} : { reach: draft.reach }),
  }
  return Object.keys(change).length === 0 ? null : change
}
