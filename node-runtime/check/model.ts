import type { History, Operation } from './history.ts'
import type { Plan } from './search/plan.ts'

/** What one key would be if there were one copy of it and one client at a time. */
export interface Model<State, Op, Answer> {
  readonly initial: State
  /** The state after it, or null if it could not be answered so in this state. Without an answer nobody knows what it was. */
  step(state: State, op: Op, answer: Answer | undefined): { readonly state: State } | null
  /** Whether it leaves every state as it is, given its answer. */
  isRead(op: Op, answer: Answer | undefined): boolean
  /** Two states with the same text are the same. */
  textOf(state: State): string
  /**
   * The history of one key as it would look if these operations had never been asked for. If this one cannot be
   * explained the whole one cannot be either: that is what lets a counter-example be cut down and stay true.
   */
  without(history: History<Op, Answer>, gone: ReadonlySet<Operation<Op, Answer>>): History<Op, Answer>
  /** For people: `cas 3 → 4`, and `no`. */
  words(op: Op, answer: Answer | undefined): { readonly asked: string; readonly told: string }
  /** Whether a value that was read from a file is one of this model's. */
  isOp(value: unknown): value is Op
  isAnswer(op: Op, value: unknown): value is Answer
  /** How to search the possible operations of one key, with what is known of the model. Without it, by trying. */
  plan?(operations: History<Op, Answer>): Plan
}
