import { chain } from './chain.ts'
import { check } from './check.ts'
import { documents } from './documents.ts'
import { register } from './register.ts'

export const notary = {
  title: 'Notary',
  lead: 'Register a document once, and prove later that it has not changed. The document itself stays with you.',
  tabs: { register: 'Register', documents: 'All documents', check: 'Check a document', chain: 'Peers and chain' },
  records_zero: 'nothing registered yet',
  records_one: '{{count, number}} record',
  records_other: '{{count, number}} records',
  leader: '{{leader}} leads',
  noLeader: 'nobody leads at the moment',
  witnessed: 'receipts ready up to #{{index}}',
  stoppedTitle: 'The notary does not run',
  stoppedText: 'Start it to register or check documents. What was in the outbox is still there.',
  start: 'Start the notary',
  unnamed: 'unnamed',
  byAt: 'by {{who}}, {{when}}',
  number: '#{{index}}',
  genesis: 'Genesis block: the beginning of the chain',
  text: 'Text',
  file: 'File',
  fingerprint: 'SHA-256',
  copyFingerprint: 'Copy the SHA-256',
  copied: 'Copied',
  receipt: {
    actions: 'Receipt of {{title}}',
    button: 'Receipt',
    save: 'Save the receipt (.tlog-proof)',
    certificate: 'Save the certificate (PDF)',
    certificateText: 'The witnesses on it are peers that one owner runs: they are not independent of each other.',
    copy: 'Copy the receipt as text',
    page: 'Save the page that checks receipts (HTML)',
    pageText: 'One file that checks receipts in any browser, also from a USB stick without a network.',
    saved: 'Ready to be saved: {{name}}',
    copied: 'The receipt is in the clipboard.',
  },
  register,
  documents,
  check,
  chain,
}
