/** Named limits of the host. What happens at each one stands where it is used. */
export const hostLimits = {
  /** Calls at work at once, over all carriers. The next one is refused as busy. */
  callsAtWorkMax: 256,
  /** Snapshots of the topology reach a subscriber at most this often; only the newest counts. */
  publishEveryMs: 100,
  /** Problems kept for a subscriber that cannot take them now, or for the first one to come. The oldest go first. */
  problemsWaitingMax: 32,
  /** Lines of the control socket: a request is a call and its frame, an answer may hold a page of rows or a snapshot. */
  requestLineBytesMax: 512 * 1024,
  answerLineBytesMax: 32 * 1024 * 1024,
  /** Bytes that may wait on one line before events for it are held back. */
  lineBytesWaitingMax: 1024 * 1024,
  /** Command lines connected at once. */
  controlLinesMax: 32,
  /** How long a command line waits for an answer: longer than the slowest honest one, which is stopping a cluster. */
  controlAnswerWithinMs: 60_000,
  /** How long a lab that holds the lock may take to greet before it counts as dead. */
  controlConnectWithinMs: 2_000,
} as const
