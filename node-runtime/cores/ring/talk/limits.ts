/** Every limit of the talk. The simulator hands in tiny ones, to meet them all. */
export interface TalkLimits {
  readonly recordsMax: number
  readonly charsMax: number
  readonly underWayMax: number
  readonly waitingMax: number
  readonly recordsPerMessageMax: number
  readonly charsPerMessageMax: number
  readonly marksMax: number
  readonly offersMax: number
  readonly outOfRoundMax: number
  readonly lateNotesMax: number
  readonly holeTicks: number
}

export const talkLimits: TalkLimits = {
  /** In a history; the oldest go first. */
  recordsMax: 200_000,
  /** Of all texts and names in a history: what it may weigh in memory. */
  charsMax: 64 * 2 ** 20,
  /** Own records that go round and are not home yet. */
  underWayMax: 512,
  /** Own records that wait for those. What is said beyond is refused. */
  waitingMax: 2_000,
  recordsPerMessageMax: 256,
  charsPerMessageMax: 2 ** 16,
  /** In one `have`, and at least 2. Who has more tells a part of it, another each time, and is given what lies in that. */
  marksMax: 8_192,
  /** Peers that had more to give while another was giving. */
  offersMax: 8,
  /** Records that came out of the round and may still come round. */
  outOfRoundMax: 4_096,
  /** In one step; that many more came late is seen in the history. */
  lateNotesMax: 16,
  /** Between two questions about what is missing. */
  holeTicks: 4,
}
