import type { FailureCode } from '#kit/failures'
import type { Result } from '#kit/result'
import type { Letter, Post } from '../post.ts'
import type { Replica, ReplicaRequest } from './replica.ts'
import { type Answer, answerKind, decodeRequest, encodeAnswer, type Request, requestKinds } from './request-codec.ts'

/** Lets other nodes ask this node's replica. What they ask is bounded by the replica itself, which is busy then. */
export function serveReplica(replica: Replica, post: Post): void {
  for (const kind of requestKinds) {
    post.read([kind], (letter) => {
      const request = decodeRequest(kind, letter.body)
      if (request === null) return 'malformed'
      serve(replica, post, { letter, request })
      return null
    })
  }
}

interface Asking {
  readonly letter: Letter
  readonly request: Request
}

function serve(replica: Replica, post: Post, { letter, request }: Asking): void {
  const { from, kind, cause } = letter
  const reply = (answer: Answer): void => {
    // Not sent: the asker is gone, or so slow that it has stopped waiting.
    post.send(from, { kind: answerKind, body: encodeAnswer(request.ref, answer), cause })
  }
  const failed = (code: FailureCode): void => reply({ kind: 'failed', code, leader: replica.hint.leader })
  replica.ask(asked(request, reply, failed), cause === null ? null : { from, kind, message: cause })
}

function asked(request: Request, reply: (answer: Answer) => void, failed: (code: FailureCode) => void): ReplicaRequest {
  const answering =
    <T>(answerOf: (value: T) => Answer) =>
    (result: Result<T>): void =>
      result.ok ? reply(answerOf(result.value)) : failed(result.failure.code)
  switch (request.kind) {
    case 'open-session':
      return { kind: request.kind, done: answering((session) => ({ kind: 'session-opened', session })) }
    case 'propose': {
      const { kind, id, command } = request
      return { kind, id, command, done: answering((applied) => ({ kind: 'applied', ...applied })) }
    }
    case 'read': {
      const { kind, query, consistency } = request
      return { kind, query, consistency, done: answering((found) => ({ kind: 'found', ...found })) }
    }
  }
}
