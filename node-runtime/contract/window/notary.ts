import { z } from 'zod'
import { type DeskCallName, type DeskInput, deskLimits } from '#contract/worker/desk'
import { node } from './ids.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const index = z.int().min(0)
const rows = z.int().min(1).max(deskLimits.rowsPerPageMax)
const nothing = z.strictObject({})

const order = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  document: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('file'), sha256, bytes: z.int().min(0) }),
    z.strictObject({ kind: z.literal('text'), text: z.string().min(1).max(deskLimits.textCharsMax) }),
  ]),
  title: z.string().max(200),
  registrant: z.string().max(100),
})

const receipt = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string().max(deskLimits.receiptCharsMax) }),
  z.strictObject({ kind: z.literal('pdf'), base64: z.base64().max(deskLimits.pdfCharsMax) }),
])

/** What the window may ask the desk about the notary. The desk takes what has passed here as it is. */
export const notaryInputs = {
  'notary.register': z.strictObject({
    documents: z.array(order).min(1).max(deskLimits.documentsPerCallMax).readonly(),
  }),
  'notary.outbox': z.strictObject({
    before: index.nullable(),
    limit: rows,
    state: z.enum(['waiting', 'sent', 'in-log', 'co-signed', 'already', 'refused']).nullable(),
  }),
  'notary.clearOutbox': z.strictObject({ what: z.enum(['finished', 'all']) }),
  'notary.status': nothing,
  'notary.records': z.strictObject({ search: z.string().max(100), before: index.nullable(), limit: rows }),
  'notary.find': z.strictObject({ sha256 }),
  'notary.receipt': z.strictObject({ index }),
  'notary.certificate': z.strictObject({ index, language: z.enum(['pt-BR', 'en']) }),
  'notary.check': z.strictObject({ receipt, sha256: sha256.nullable() }),
  'notary.chain': z.strictObject({ nodeId: node, from: index, limit: rows }),
  'notary.examine': z.strictObject({ nodeId: node }),
  'notary.tamper': z.strictObject({ nodeId: node, index }),
  'notary.repair': z.strictObject({ nodeId: node }),
  'notary.policies': nothing,
  'notary.approve': z.strictObject({ policy: z.string().max(deskLimits.policyCharsMax).nullable() }),
  'notary.withdraw': z.strictObject({ fingerprint: z.string().max(100) }),
} as const satisfies { readonly [Name in DeskCallName]: z.ZodType<DeskInput<Name>> }
