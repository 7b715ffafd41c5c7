import type { NodeId } from '#kit/ids'

/** How a chat answers and what it promises; chosen for the whole cluster. */
export const chatProfiles = ['leader', 'everyone'] as const
export type ChatProfile = (typeof chatProfiles)[number]

/** Whose proxy: they are mirror images of each other, and need an address each. */
export const chatLayouts = ['course', 'account'] as const
export type ChatLayout = (typeof chatLayouts)[number]

/**
 * From where programs reach the open sockets: from this machine, or from its networks as well. The protocol of the course
 * proves nobody's name, and the account dialect says passwords in clear, so somebody has to want it. Native sockets
 * never leave this machine.
 */
export const chatReaches = ['loopback', 'lan'] as const
export type ChatReach = (typeof chatReaches)[number]

/** What is chosen for a whole chat, before any of its servers has run. */
export interface ChatSettings {
  readonly profile: ChatProfile
  /** Whether publications for programs of the course are JSON instead of MessagePack. */
  readonly hasJsonPublications: boolean
  /** The one that is served where there is a single address for both: on such a machine, and on networks. */
  readonly layout: ChatLayout
  readonly reach: ChatReach
}

/** Names of the sockets that nodes of a chat and its desk have in their plans. */
export const chatSockets = {
  /** At the broker. `servers`: in the everyone profile only. */
  clients: 'clients',
  servers: 'servers',
  /** At the proxy the forwarders; at a server the publishers to them. */
  course: 'course',
  account: 'account',
  native: 'native',
  /** Beside the course's proxy, at a server of the everyone profile, and at a bot: what goes out there. */
  heardCourse: 'heard-course',
  /** At the desk. */
  heardNative: 'heard-native',
  /** At the reference. */
  ranks: 'ranks',
  /** At a bot. */
  broker: 'broker',
} as const

export interface ExportedFile {
  readonly name: string
  readonly text: string
}

/** Some of what a node keeps: each text goes behind what came of its file before. Pages have a limit, files have none. */
export interface ExportPage {
  /** In the first page all that are made of what was said, be it nothing. */
  readonly files: readonly ExportedFile[]
  /** What to ask for next, soon and once; null: this was all. `not-found`: the node keeps it no longer, and one begins anew. */
  readonly next: string | null
}

export interface LockRow {
  readonly lock: string
  readonly holder: string | null
  readonly fence: number
  readonly untilMs: number
  readonly waiting: readonly string[]
}

export interface ForeignPage {
  readonly addresses: readonly { readonly name: string; readonly address: string }[]
  readonly events: readonly ForeignEvent[]
  readonly last: number
  readonly skipped: number
}

/** One message of a foreign program, without what is secret in it or said to somebody alone. */
export interface ForeignEvent {
  readonly number: number
  readonly wallMs: number
  /** Which socket it came to. */
  readonly at: 'broker' | 'server' | 'reference' | 'publication'
  readonly from: string
  readonly dialect: 'course' | 'account' | 'unknown'
  readonly codec: 'json' | 'messagepack' | 'none'
  readonly service: string
  /** As text, shortened. */
  readonly payload: string
  readonly answer: string | null
  readonly rules: readonly { readonly rule: string; readonly isKept: boolean; readonly detail: string }[]
}

/** How a chat shows in its desk's view: who sees another revision asks anew. */
export interface DeskChatView {
  readonly revision: number
  readonly waiting: number
}

/** What one node of a chat knows of itself, in its node's view. */
export type ChatFacts =
  | {
      readonly kind: 'server'
      readonly profile: ChatProfile
      readonly messages: number
      readonly position: number
      readonly publishedUpTo: number
      readonly openRequests: number
      /** Positions whose words cannot be searched for yet. */
      readonly searchLag: number
    }
  | {
      readonly kind: 'broker'
      readonly open: number
      readonly answered: number
      readonly resent: number
      /** Who has asked lately, desks and programs. */
      readonly clients: number
      /** As the newest of those programs call themselves, our bots among them; empty where one has not said. */
      readonly programs: readonly string[]
      readonly foreignServers: number
      readonly refused: number
    }
  | {
      readonly kind: 'proxy'
      readonly forwards: readonly {
        readonly name: string
        readonly from: string
        readonly to: string
        readonly isForwarding: boolean
      }[]
    }
  | {
      readonly kind: 'reference'
      readonly servers: readonly { readonly name: string; readonly rank: number; readonly isHere: boolean }[]
    }
  | {
      readonly kind: 'bot'
      readonly name: string
      readonly said: number
      readonly refused: number
      readonly heard: number
      readonly isWaiting: boolean
    }

/** What a node of a chat is told beside what every node is, and who asks it. */
export interface ChatPlan extends Omit<ChatSettings, 'layout'> {
  /** Proxies that there are; of one that is missing nobody has a socket. */
  readonly layouts: readonly ChatLayout[]
  readonly broker: NodeId
  readonly proxy: NodeId
  readonly reference: NodeId
  readonly servers: readonly NodeId[]
}
