import type { CertificateFacts, CertificateOrder } from '#ports/paper'

const facts: CertificateFacts = {
  index: 1_234,
  title: 'Contrato de prestação de serviços nº 12',
  registrant: 'Ana Luísa de Souza',
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  atMs: Date.UTC(2026, 10, 21, 1, 38, 40, 538),
  errorMs: 3,
  leader: 'notary-2',
  term: 7,
  origin: 'colmeia.local/demo/notary',
  size: 1_280,
  logFingerprint: 'colmeia.local/demo/notary+530d903a',
  witnesses: [
    { name: 'colmeia.local/demo/notary/notary-1', fingerprint: '1c2d3e4f' },
    { name: 'colmeia.local/demo/notary/notary-3', fingerprint: '5a6b7c8d' },
  ],
}

/** Looks like a receipt of so many bytes, and proves nothing. */
export function receiptOf(bytes: number): string {
  const head = 'c2sp.org/tlog-proof@v1\nindex 1234\n'
  const foot = '\n— colmeia.local/demo/notary Uw2QOkn8\n'
  let body = ''
  for (let letter = 0; body.length < bytes - head.length - foot.length - 2; letter += 1) {
    body += letter % 45 === 44 ? '\n' : String.fromCharCode(65 + ((letter * 7919) % 26))
  }
  return head + body + foot
}

export function order(change: Partial<CertificateFacts> = {}, more: Partial<CertificateOrder> = {}): CertificateOrder {
  return { facts: { ...facts, ...change }, receipt: receiptOf(1_700), language: 'en', ...more }
}
