import { encodeText } from '#kit/bytes'
import { fail, ok } from '#kit/result'
import { type Paper, paperLimits } from '#ports/paper'
import { receiptInside } from './inside.ts'

export function openPaper(): Paper {
  return {
    certificate: (order, done) => {
      const bytes = encodeText(order.receipt).length
      const { receiptBytesMax } = paperLimits
      if (bytes > receiptBytesMax) {
        done(fail('too-large', `a picture holds ${receiptBytesMax} bytes, and this receipt has ${bytes}`))
        return
      }
      // Only the desk ever prints, and it seldom does: no other worker waits for this package when it starts.
      import('./draw-certificate.ts')
        .then(({ drawCertificate }) => drawCertificate(order))
        .then(
          (pdf) => done(ok(pdf)),
          (error) => done(fail('internal', `no certificate could be drawn: ${String(error)}`)),
        )
    },
    receiptInside,
  }
}
