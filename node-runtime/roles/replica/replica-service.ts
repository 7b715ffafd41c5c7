import type { MessageId, NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { Letter, Post } from '../post.ts'
import type { Cause } from '../pump.ts'
import type { Replica, ReplicaRequest } from './replica.ts'
import {
  type Answer,
  type AnswerValues,
  answerKind,
  decodeRequest,
  encodeAnswer,
  type Request,
  requestKinds,
} from './request-codec.ts'

/** Lets other nodes ask this node's replica. What they ask is bounded by the replica itself, which is busy then. */
export function serveReplica(replica: Replica, post: Post): void {
  for (const kind of requestKinds) {
    post.read([kind], (letter) => {
      const request = decodeRequest(kind, letter.body)
      if (request === null) return 'malformed'
      const { from, cause } = letter
      replica.ask(asked(request, new Reply({ replica, post, letter, ref: request.ref })), because(from, kind, cause))
      return null
    })
  }
}

function because(from: NodeId, kind: string, message: MessageId | null): Cause | null {
  return message === null ? null : { from, kind, message }
}

function asked(request: Request, reply: Reply): ReplicaRequest {
  switch (request.kind) {
    case 'open-session':
      return { kind: 'open-session', done: (result) => reply.send('session-opened', result) }
    case 'propose': {
      const { id, command } = request
      return { kind: 'propose', id, command, done: (result) => reply.send('applied', result) }
    }
    case 'read': {
      const { query, consistency } = request
      return { kind: 'read', query, consistency, done: (result) => reply.send('found', result) }
    }
  }
}

interface ReplyParts {
  readonly replica: Replica
  readonly post: Post
  readonly letter: Letter
  readonly ref: number
}

/** The way back to whoever asked. */
class Reply {
  readonly #parts: ReplyParts

  constructor(parts: ReplyParts) {
    this.#parts = parts
  }

  send<Kind extends keyof AnswerValues>(kind: Kind, result: Result<AnswerValues[Kind]>): void {
    const { replica, post, letter, ref } = this.#parts
    const answer: Answer = result.ok
      ? ({ kind, value: result.value } as Answer) // a kind and the value that goes with it
      : { kind: 'failed', code: result.failure.code, leader: replica.hint.leader }
    // Not sent: the asker is gone, or so slow that it has stopped waiting.
    post.send(letter.from, { kind: answerKind, body: encodeAnswer(ref, answer), cause: letter.cause })
  }
}
