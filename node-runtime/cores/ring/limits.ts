/** What comes from outside is never more than this; a message that claims more is no message. */
export const ringLimits = {
  membersMax: 256,
  nameCharsMax: 40,
  /** In characters, as people count them here; the wire's own limit is in bytes and far above. */
  textCharsMax: 20_000,
  recordsPerMessageMax: 256,
  /** As many origins as a history may have. */
  marksMax: 8_192,
  /**
   * The largest term there may be. Without a limit one message of a broken peer would lift all to a number that cannot
   * be counted up any more.
   */
  termMax: 2 ** 48,
} as const
