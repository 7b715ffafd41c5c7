/** Numbers of the ring's links. What goes over a kept connection has the limits of every wire besides. */
export const ringLinkLimits = {
  /** From a connection's first byte until it has proven who it is, or until its text is complete. */
  greetingMsMax: 2_000,
  /** Connections that have not proven anything yet. Past that the oldest goes: a true one needs milliseconds. */
  greetingsMax: 64,
  dialMsMax: 2_000,
  /** A beat: who wrote nothing since the last one says that it is alive. */
  beatMs: 1_000,
  /** Beats of this process, not seconds: one that was asleep itself must not think that everybody else was. */
  silentBeatsMax: 5,
  /** A connection that nobody has used for so long is given back. */
  idleBeatsMax: 60,
  /** One that was made, and one more where both dialed at once. */
  connectionsPerPeerMax: 2,
  /** Peers with a link of their own. Past that the first without a connection is forgotten. */
  peersMax: 256,
  peerIdBytesMax: 64,
  /** What the operating system may hold of one connection's bytes before the link waits. */
  writtenBytesMax: 256 * 1024,
  /** What one reference peer reads at once. */
  textBytesMax: 1_024,
  /** Texts on their way to one reference peer; the next one is told to be undelivered. */
  textsQueuedPerPeerMax: 256,
  /** Reference peers that texts are on their way to. */
  textPeersMax: 64,
  /** From one host, and from all: so many at once, and so many a second in the long run. */
  textsPerHost: { atOnce: 400, perSecond: 200 },
  textsInAll: { atOnce: 1_000, perSecond: 500 },
  /** Hellos of the own form: each costs a key before it is known whose it is. */
  hellosPerHost: { atOnce: 400, perSecond: 200 },
  hellosInAll: { atOnce: 1_000, perSecond: 500 },
  datagramsPerHost: { atOnce: 400, perSecond: 200 },
  datagramsInAll: { atOnce: 1_000, perSecond: 500 },
  /** Hosts that are counted one by one; the one not heard for longest is forgotten. */
  hostsCountedMax: 1_024,
  shoutBytesMax: 1_024,
  /** A shout with its seal and with what faults make of it. Longer datagrams are no shouts. */
  datagramBytesMax: 8 * 1024,
  /** Shouts that would be known again. */
  shoutsRememberedMax: 4_096,
  /** Own peers whose UDP address is known. */
  callersRememberedMax: 1_024,
  /** A call follows its sign at once; a sign that anybody could have made silences nobody for longer. */
  strangeSignMsMax: 1_000,
  /** Shouts that a delay fault holds back. */
  shoutsHeldMax: 1_000,
  /** Refusals of one kind are told this often at most; all are counted. */
  refusalsToldEveryMs: 1_000,
} as const
