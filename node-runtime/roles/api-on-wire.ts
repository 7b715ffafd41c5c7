import type { Handler } from '#ports/endpoint'
import {
  answerParts,
  apiAnswerKind,
  apiLimits,
  apiLongRequestKind,
  apiPartKind,
  apiRequestKind,
  decodeApiRequest,
  encodeApiAnswer,
  type WholeAnswer,
  wholeAnswer,
} from './api-codec.ts'
import type { Post } from './post.ts'

const tooLong: WholeAnswer = {
  status: 500,
  headers: { 'content-type': 'application/problem+json' },
  body: new TextEncoder().encode(
    JSON.stringify({ type: 'about:blank', title: 'The answer fits into no message.', status: 500, code: 'too-large' }),
  ),
}

/** What strangers are answered over HTTP, our own clients are answered over the wire. */
export function serveApiOnWire(handler: Handler, post: Post): void {
  post.read([apiRequestKind, apiLongRequestKind], ({ from, kind, body, cause }) => {
    const asked = decodeApiRequest(body)
    if (asked === null) return 'malformed'
    const { ref, request } = asked
    const takesParts = kind === apiLongRequestKind
    // The wire's memory is not ours for as long as an answer may take.
    handler({ ...request, body: request.body.slice() }, (answer) =>
      wholeAnswer(
        answer,
        (whole) => {
          const answered = { ref, answer: whole ?? tooLong }
          if (answered.answer.body.length <= apiLimits.bodyBytesMax) {
            post.send(from, { kind: apiAnswerKind, body: encodeApiAnswer(answered), cause })
            return
          }
          for (const part of answerParts(answered)) post.send(from, { kind: apiPartKind, body: part, cause })
        },
        takesParts ? apiLimits.longBodyBytesMax : apiLimits.bodyBytesMax,
      ),
    )
    return null
  })
}
