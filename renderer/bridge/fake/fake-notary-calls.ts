import type { CallInput, CallOutput } from '#contract/window/contract'
import type { DeskCallName } from '#contract/worker/desk'
import type { Result } from '#kit/result'
import { done, given, refused } from './answers.ts'
import type { FakeNotary } from './fake-notary.ts'
import { fakePolicy, fakeReceipt, fakeVerdict } from './fake-receipts.ts'

type NotaryHandlers = {
  readonly [Name in DeskCallName]: (input: CallInput<Name>) => Result<CallOutput<Name>>
}

export function notaryHandlers(notary: FakeNotary): NotaryHandlers {
  const receiptOf = (index: number) => {
    const record = notary.record(index)
    if (record === null) return null
    return { text: fakeReceipt(record, notary.size), name: `${record.index}` }
  }
  return {
    'notary.register': ({ documents }) => given(notary.register(documents)),
    'notary.outbox': ({ before, limit, state }) => given(notary.outbox(before, limit, state)),
    'notary.clearOutbox': ({ what }) => given(notary.clear(what)),
    'notary.status': () => given(notary.status()),
    'notary.records': ({ search, before, limit }) => given(notary.records(search, before, limit)),
    'notary.find': ({ sha256 }) => given({ records: notary.find(sha256) }),
    'notary.receipt': ({ index }) => {
      const receipt = receiptOf(index)
      return receipt === null
        ? refused('not-found')
        : given({ receipt: receipt.text, fileName: `${receipt.name}.tlog-proof` })
    },
    'notary.certificate': ({ index }) => given({ pdf: btoa(`%PDF-1.7 ${index}`), fileName: `${index}.pdf` }),
    'notary.check': ({ receipt, sha256 }) => given(fakeVerdict(receipt, sha256, notary)),
    'notary.chain': ({ nodeId, from, limit }) => given(notary.chain(nodeId, from, limit)),
    'notary.examine': ({ nodeId }) => done(() => notary.examine(nodeId)),
    'notary.tamper': ({ nodeId, index }) => done(() => notary.tamper(nodeId, index)),
    'notary.repair': ({ nodeId }) => done(() => notary.repair(nodeId)),
    'notary.policies': () => given({ policies: [{ ...fakePolicy, isApproved: notary.isApproved }] }),
    'notary.approve': () => done(() => notary.approve(true)),
    'notary.withdraw': () => done(() => notary.approve(false)),
  }
}
