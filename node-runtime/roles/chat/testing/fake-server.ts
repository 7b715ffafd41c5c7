import type { NodePlan } from '#contract/worker/protocol'
import { courseAnswer, readRequest } from '#dialects/chat/index'
import type { NodeId } from '#kit/ids'
import { PlainNode } from '../../plain-node.ts'
import type { NodePorts, RoleStart, RunningRole } from '../../role.ts'
import { type AnswerBody, encodeAnswerBody } from '../answer-bodies.ts'
import { decodeAskBody } from '../ask-bodies.ts'
import { chatWire, decodeAsk, encodeAnswer } from '../ask-codec.ts'
import { chatOf } from '../chat-of.ts'

/** How servers that tests direct behave; all of them look here at every request. */
export interface Direction {
  leader: NodeId | null
  /** Who hears and says nothing. */
  readonly silent: Set<NodeId>
  /** Of all servers together, in order. */
  readonly asked: { readonly server: NodeId; readonly id: string; readonly from: string }[]
  /** What a leader says to a node's request. */
  says: AnswerBody
}

export function direction(leader: NodeId | null): Direction {
  return { leader, silent: new Set(), asked: [], says: { kind: 'done' } }
}

/** A server without a log: whoever leads answers, all others hand back. `everyone`: all answer. */
export function fakeServer(direction: Direction): RoleStart {
  return (plan, ports) => start(direction, plan, ports)
}

function start(direction: Direction, plan: NodePlan, ports: NodePorts): RunningRole {
  const node = new PlainNode(plan, ports)
  const isForEveryone = chatOf(plan).profile === 'everyone'
  node.post.read([chatWire.ask], ({ from, body }) => {
    const ask = decodeAsk(body)
    if (ask === null) return 'malformed'
    const said = decodeAskBody(ask.body)
    direction.asked.push({ server: plan.nodeId, id: ask.id, from: ask.from })
    if (direction.silent.has(plan.nodeId)) return null
    const leads = isForEveryone || direction.leader === plan.nodeId
    const answer: AnswerBody = !leads
      ? { kind: 'handed-back', leader: direction.leader }
      : said?.kind === 'foreign'
        ? { kind: 'foreign', payload: answerTo(said.frames) }
        : direction.says
    node.post.send(from, {
      kind: chatWire.answer,
      body: encodeAnswer({ ref: ask.ref, body: encodeAnswerBody(answer) }),
      cause: null,
    })
    return null
  })
  return {
    facts: () => node.facts(),
    setFaults: (rules) => node.setFaults(rules),
    answer: (request, done) => node.answer(request, done),
    stop: () => void node.stops.run(),
  }
}

/** `general` is the only channel. */
function answerTo(frames: readonly Uint8Array[]): Uint8Array | null {
  const request = readRequest(frames)
  if (request.kind !== 'course') return null
  const stamp = { atMs: 2_000, clock: 7 }
  switch (request.ask.kind) {
    case 'channels':
      return courseAnswer(request.form, { kind: 'channels', channels: ['general'] }, stamp)
    case 'users':
      return courseAnswer(request.form, { kind: 'users', users: [] }, stamp)
    case 'login':
      return courseAnswer(request.form, { kind: 'logged-in', users: [] }, stamp)
    default:
      return courseAnswer(request.form, { kind: 'said' }, stamp)
  }
}
