export const notaryApiLimits = {
  /** Registrations of one request. */
  batchMax: 10_000,
  /** Commands of one batch that are under way at a time. */
  commandsUnderWayMax: 4,
  /** A command is cut here, well before the limit that the log has for one. */
  commandBytesMax: 256 * 1024,
  /** What a registration weighs in a command beside its texts. */
  registrationBytes: 128,
  /**
   * Of the texts that a batch finds: past that no more are asked for that did not fit into the answer to their command.
   * Hashes are short and may all name long texts, and the desk takes no more than a message of the wire.
   */
  foundLettersMax: 2 * 1024 * 1024,
  /** Outcomes of a batch that are written at a time. */
  batchSliceOutcomes: 250,
  /** Of an `Idempotency-Key`; the place in a batch still has to go behind it. */
  keyCharsMax: 80,
  pageRecords: 50,
  pageRecordsMax: 1_000,
  /** Records of one look at a copy as it stands: each is computed anew. */
  evidenceRecordsMax: 250,
  /** Parts of the search that are tried before an answer is given that may hold nothing, but says where to go on. */
  searchRoundsMax: 32,
  /** Blocks that are asked for at a time while a whole chain is sent. */
  chainSliceRecords: 500,
} as const
