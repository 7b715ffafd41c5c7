import type { Handler } from '#ports/endpoint'
import {
  apiAnswerKind,
  apiRequestKind,
  decodeApiRequest,
  encodeApiAnswer,
  type WholeAnswer,
  wholeAnswer,
} from '../api-codec.ts'
import type { Post } from '../post.ts'

const tooLong: WholeAnswer = {
  status: 500,
  headers: { 'content-type': 'application/problem+json' },
  body: new TextEncoder().encode(
    JSON.stringify({ type: 'about:blank', title: 'The answer fits into no message.', status: 500, code: 'too-large' }),
  ),
}

/** What strangers are answered over HTTP, our own clients are answered over the wire. */
export function serveApiOnWire(handler: Handler, post: Post): void {
  post.read([apiRequestKind], ({ from, body, cause }) => {
    const asked = decodeApiRequest(body)
    if (asked === null) return 'malformed'
    const { ref, request } = asked
    // The wire's memory is not ours for as long as an answer may take.
    handler({ ...request, body: request.body.slice() }, (answer) =>
      wholeAnswer(answer, (whole) => {
        post.send(from, { kind: apiAnswerKind, body: encodeApiAnswer({ ref, answer: whole ?? tooLong }), cause })
      }),
    )
    return null
  })
}
