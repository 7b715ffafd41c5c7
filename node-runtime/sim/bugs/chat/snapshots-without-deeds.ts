import { spaces } from '#cores/chat/rows'
import { noOwnAssertion } from '../../run.ts'
import { snapshotsWithout } from '../notary/without-spaces.ts'
import type { ChatBug } from './chat-bug.ts'

/** A snapshot has all messages, and not under which ids they were asked for. */
export const snapshotsWithoutDeeds: ChatBug = {
  name: 'snapshots-without-deeds',
  property: noOwnAssertion,
  rules: [snapshotsWithout([spaces.deeds])],
}
