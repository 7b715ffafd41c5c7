import type { TraceWhat } from '#contract/worker/trace'
import type { Clock } from '#ports/clock'

const linesMax = 50
const charsMax = 300

/** The node's own log, for people who open its panel: what happened to it, without the single messages. */
export class LogTail {
  readonly #clock: Clock
  #lines: readonly string[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get lines(): readonly string[] {
    return this.#lines
  }

  add(text: string): void {
    const time = new Date(this.#clock.wall()).toISOString().slice(11, 23)
    this.#lines = [...this.#lines, `${time} ${text}`.slice(0, charsMax)].slice(-linesMax)
  }

  /** Gives back what it was given, so that noting it here cannot be forgotten on the way to the trace. */
  noted(what: TraceWhat): TraceWhat {
    const text = lineOf(what)
    if (text !== null) this.add(text)
    return what
  }
}

function lineOf(what: TraceWhat): string | null {
  switch (what.kind) {
    case 'role-changed':
      return `${what.kind} ${what.from} -> ${what.to} term=${what.term} why=${what.why}`
    case 'voted':
      return `${what.kind} for=${what.for} term=${what.term}`
    case 'timer':
      return `${what.kind} ${what.name} after=${what.afterMs}ms`
    case 'anomaly':
      return `${what.kind} ${what.detail}`
    case 'members-changed':
      return `${what.kind} voters=${what.voters.join(',')} learners=${what.learners.join(',')} index=${what.index}`
    case 'handing-over':
      return `${what.kind} to=${what.to} why=${what.why}`
    case 'log-cut':
      return `${what.kind} from=${what.from} upTo=${what.upTo}`
    case 'snapshot-began':
      return `${what.kind} to=${what.to} index=${what.index}`
    case 'snapshot-installed':
      return `${what.kind} index=${what.index}`
    case 'peer-lost-disk':
      return `${what.kind} ${what.peer}`
    case 'group-lost':
      return `${what.kind} ${what.lost.join(',')}`
    case 'copy-broken':
      return `${what.kind} index=${what.index} check=${what.check}${what.isLesson ? ' lesson' : ''}`
    case 'began-anew':
      return `${what.kind} incarnation=${what.incarnation} why=${what.why}`
    case 'file-set-aside':
      return `${what.kind} ${what.holds} ${what.file}`
    case 'ring-changed':
      return `${what.kind} ${what.how} leader=${what.leader} term=${what.term} size=${what.size}`
    case 'ring-left':
    case 'cleared':
      return `${what.kind} ${what.peer}`
    case 'suspected':
      return `${what.kind} ${what.peer} silent=${what.silentMs}ms`
    case 'found-dead':
      return `${what.kind} ${what.peer} why=${what.why}`
    case 'ring-closed':
      return `${what.kind} over=${what.over} next=${what.next}`
    case 'token-began':
      return `${what.kind} term=${what.term} why=${what.why}`
    case 'token-passed':
      return `${what.kind} term=${what.term} initiator=${what.initiator} to=${what.to}`
    case 'caught-up':
      return `${what.kind} records=${what.records} from=${what.from}`
    case 'ring-refused':
      return `${what.kind} from=${what.from} why=${what.why}`
    case 'lifecycle':
      return `${what.kind} ${what.state}`
    default:
      return null
  }
}
