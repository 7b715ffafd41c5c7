/** Decision 0008 has the figures. */

/** What SQLite may keep of a file in memory. With sixteen times as much a log is not written faster. */
export const cacheKilobytes = 2_000

/** Folding stops the node for some milliseconds; the longer the log, the longer, and the seldomer. */
export const framesPerFolding = 1_000

/** Looking how long the log is takes as long as writing a row. */
export const transactionsPerLook = 8

/** One huge transaction must not leave a huge log behind for good. */
export const logBytesKept = 16 * 1024 * 1024
