/** Named limits; what is past one is refused with the word beside it. */
export const shopLimits = {
  /** How long something is kept for an order that has not been written down yet, by the clock of the log. */
  reservationMs: 600_000,
  /** Further ones that are over go with the next command. */
  expiriesPerCommandMax: 256,
  /** `malformed`. */
  quantityMax: 1_000_000,
  priceCentsMax: 100_000_000,
  linesPerOrderMax: 50,
  orderIdCharsMax: 40,
  nameCharsMax: 120,
  descriptionCharsMax: 2_000,
  photoCharsMax: 200,
  byCharsMax: 64,
  whyCharsMax: 200,
  /** `too-many`. */
  onHandMax: 1_000_000_000,
  productsMax: 20_000,
  categoriesMax: 200,
  /** A command past one of these is refused whole. */
  deedsPerCommandMax: 512,
  commandBytesMax: 512 * 1024,
  /** A page ends at the first of these; one row always fits. */
  rowsPerPageMax: 500,
  answerBytesMax: 512 * 1024,
  searchCharsMax: 100,
} as const

export const orderLimits = {
  /** Orders that are neither done nor undone yet. Past that: `busy`. */
  runningMax: 10_000,
  /** How long the catalogue may be silent before an order that is not written down is undone. */
  patienceTicks: 50,
  /** After an ask that nobody answered. */
  askAgainTicks: 5,
  /** After an ask of which nobody said anything, not even that it was not answered. */
  askLostTicks: 600,
  /** What came of a key whose order was refused is kept so long, and for so many. A key that has an order is kept with it. */
  refusalKeptMs: 24 * 3_600_000,
  refusalsKeptMax: 100_000,
  forgottenPerTickMax: 200,
  /** `malformed`. */
  keyCharsMax: 200,
  nameCharsMax: 120,
  phoneCharsMax: 40,
  messageCharsMax: 255,
  sessionCharsMax: 64,
  dateCharsMax: 40,
  ordersPerPageMax: 200,
} as const

export const cartLimits = {
  /** From the last time that somebody changed the cart. */
  sessionMs: 86_400_000,
  /** `too-many`. */
  sessionsMax: 100_000,
  itemsMax: 100,
  /** `malformed`. */
  quantityMax: 1_000_000,
  sessionCharsMax: 64,
  sweptPerTickMax: 100,
} as const
