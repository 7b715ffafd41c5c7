/** Named limits; what is past one is refused with the word beside it. */
export const chatLimits = {
  /** `name-not-allowed`. */
  nameCharsMax: 64,
  /** `too-long`. */
  titleCharsMax: 200,
  textCharsMax: 10_000,
  /** `malformed`. */
  passwordCharsMax: 512,
  emojiCharsMax: 16,
  lockCharsMax: 128,
  holderCharsMax: 64,
  tokenKeyBytes: 32,
  /** `too-many`. Private channels count as groups do: not at all. */
  channelsMax: 10_000,
  usersMax: 100_000,
  groupUsersMax: 50,
  /** Of one user, so that nobody fills the state with what only they are in. */
  conversationsPerUserMax: 2_000,
  reactionsPerMessageMax: 32,
  /** All reactions of a message together: its row is rewritten for each. */
  reactingUsersMax: 256,
  readPositionsPerDeedMax: 100,
  locksMax: 1_000,
  waitingPerLockMax: 64,
  /** Further ones are not looked for, or not counted. */
  mentionsMax: 50,
  unreadMentionsMax: 99,
  lockMs: 15_000,
  /** A command past one of these is refused whole. */
  deedsPerCommandMax: 512,
  commandBytesMax: 512 * 1024,
  /** The oldest goes when one more comes. */
  eventsKeptOfUser: 1_000,
  eventsKeptOfAll: 10_000,
  logInsKept: 10_000,
  tokenKeysKept: 4,
  /** A page ends at the first of these; one row always fits. */
  rowsPerPageMax: 500,
  answerBytesMax: 512 * 1024,
} as const

/** Names nobody may take: topics of the protocol. */
export const reservedNames: readonly string[] = ['servers', 'replica', 'all']
/** There from the beginning. */
export const firstChannels: readonly string[] = ['general', 'random', 'dev']
