/** How many peers a notary may be founded with. */
export const notarySizes = { min: 1, max: 7 } as const

/** How many nodes the catalogue of a shop has: it is founded with the fewest, and more are taken in while it runs. */
export const catalogueSizes = { min: 3, max: 5 } as const
