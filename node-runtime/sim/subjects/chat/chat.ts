import { crc32 } from '#kit/crc32'
import { chatBugs } from '../../bugs/chat/all.ts'
import type { ChatBug } from '../../bugs/chat/chat-bug.ts'
import { withReplaced } from '../../bugs/raft/replaced.ts'
import { nobodyComplains } from '../../properties/any/nobody-complains.ts'
import { acknowledgedStands } from '../../properties/chat/acknowledged-stands.ts'
import { askedOnceThereOnce } from '../../properties/chat/asked-once-there-once.ts'
import { channelIsLinearizable } from '../../properties/chat/channel-is-linearizable.ts'
import { copiesAgree } from '../../properties/chat/copies-agree.ts'
import { deletedIsGone } from '../../properties/chat/deleted-is-gone.ts'
import { eventsAgree } from '../../properties/chat/events-agree.ts'
import { feedsHaveNoGaps } from '../../properties/chat/feeds-have-no-gaps.ts'
import { locksAreExclusive } from '../../properties/chat/locks-are-exclusive.ts'
import { chatPlaces } from '../../properties/chat/places.ts'
import { privateStaysPrivate } from '../../properties/chat/private-stays-private.ts'
import { readingGoesForward } from '../../properties/chat/reading-goes-forward.ts'
import { settled } from '../../properties/chat/settled.ts'
import type { Scenario } from '../../scenario.ts'
import { type Simulation, simulationOf } from '../../simulation.ts'
import type { PlantedBug, Subject } from '../../subject.ts'
import { shortLogs } from '../notary/compaction.ts'
import { timingOf } from '../raft/timing.ts'
import { membersIn } from '../replica/settings.ts'
import { ChatClient } from './client.ts'
import { Member } from './member.ts'
import { type ChatParts, rightChat } from './parts.ts'
import { drawChatSettings, plainChatSettings } from './settings.ts'
import { shortLocks } from './short-locks.ts'
import type { ChatWords } from './words.ts'

/** Servers of the chat behind their log, as workers run them, with people who ask them over the wire. */
export const chat: Simulation = inSmall(simulationOf(chatOf(rightChat), chatBugs.map(plant)))

function plant({ name, property, parts, rules = [] }: ChatBug): PlantedBug<ChatWords> {
  const subject = chatOf({ ...rightChat, ...parts })
  return { name, property, subject, isJudgedInCalm: true, around: (run) => withReplaced(rules, run) }
}

function inSmall(simulation: Simulation): Simulation {
  const short = <T>(scenario: Scenario, run: () => T): T =>
    withReplaced([shortLogs(scenario), shortLocks(scenario)], run)
  return {
    ...simulation,
    run: (scenario, bug) => short(scenario, () => simulation.run(scenario, bug)),
    tell: (scenario, bug) => short(scenario, () => simulation.tell(scenario, bug)),
  }
}

function chatOf(parts: ChatParts): Subject<ChatWords> {
  return {
    name: 'chat',
    faultKinds: ['kill', 'pause', 'cut', 'delay', 'loss', 'duplicate', 'slow-disk', 'full-disk', 'skew'],
    diskFaults: ['bit-flip', 'lost-tail'],
    always: [
      nobodyComplains,
      eventsAgree,
      copiesAgree,
      feedsHaveNoGaps,
      acknowledgedStands,
      askedOnceThereOnce,
      channelIsLinearizable,
      privateStaysPrivate,
      locksAreExclusive,
      readingGoesForward,
      deletedIsGone,
    ],
    eventually: [settled],
    sometimes: chatPlaces,
    digest: ({ bytes }) => crc32(bytes),
    plainSettings: plainChatSettings,
    drawSettings: drawChatSettings,
    // A client waits for its answers, and a worker that could not start for its next start.
    ticksOfCalmMax: (settings) => 60 * timingOf(settings).electionTicksLongest + 4_000,
    boot: (hands) => {
      const isClient = membersIn(hands.scenario).clients.includes(hands.id)
      return isClient ? new ChatClient(hands, parts) : new Member(hands, parts)
    },
  }
}
