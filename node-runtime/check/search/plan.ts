/** One operation, as the search sees it. */
export interface PlanStep {
  readonly invokedAt: number
  /** By when it has taken effect. Infinity: it may, and need not. */
  readonly dueAt: number
  /** Leaves the state as it is for all that comes after, so that it is best placed as soon as it can be. */
  readonly isRead: boolean
  /** Steps of one kind that are no reads do the same in every state. */
  readonly kind: number
}

/** The answer of `next` when a step cannot be placed in a state. */
export const refused = -1

/** The operations of one key with states that are numbers. What it rules out must be impossible in every order. */
export interface Plan {
  readonly initial: number
  /** In the order of their invocations. */
  readonly steps: readonly PlanStep[]
  next(state: number, step: number): number
  /**
   * Whether nothing is lost by forgetting all other states, once everything that was invoked has also ended and
   * nothing that need not happen has been placed.
   */
  isBest(state: number): boolean
  /** The same with more allowed, and quicker to look through: what is impossible there is impossible here. */
  readonly easier?: Plan
}
