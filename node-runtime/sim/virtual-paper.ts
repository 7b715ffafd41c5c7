import { ok } from '#kit/result'
import type { Paper } from '#ports/paper'

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const head = '%PDF of nothing but a receipt\n'

/** Paper on which nothing is drawn: the receipt is all there is on it. */
export const virtualPaper: Paper = {
  certificate: ({ receipt }, done) => done(ok(encoder.encode(`${head}${receipt}`))),
  receiptInside: (pdf) => {
    const text = decoder.decode(pdf)
    return text.startsWith(head) ? text.slice(head.length) : null
  },
}
