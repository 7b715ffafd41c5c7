/** Thrown when our own state is impossible. It is a bug, and the process that meets it dies at its one boundary. */
export class InvariantError extends Error {
  override name = 'InvariantError'
}

/** For what must be true of our own state. Never for input that came from a peer, a file or a person. */
export function assert(claim: boolean, what: string): asserts claim {
  if (!claim) throw new InvariantError(what)
}

/** Closes a switch over a union: a new member that nobody handles does not compile. */
export function unreachable(value: never): never {
  throw new InvariantError(`unreachable: ${JSON.stringify(value)}`)
}
