import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { RecordView } from '#contract/worker/desk'
import type { NodeId } from '#kit/ids'

export const fakeHash = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))

const words = ['Contrato', 'Ata', 'Prova', 'Escritura', 'Recibo', 'Procuração', 'Certidão', 'Relatório']
const people = ['Ana', 'Bruno', 'Clara', 'Diego', 'Elisa']
const leader = 'notary-1' as NodeId // the shape that kit/ids would check

/** Any record of a register of any length, without keeping it. */
export function fakeRecord(index: number, wallMs: number): RecordView {
  const hash = fakeHash(`block ${index}`)
  const isGenesis = index === 0
  const isText = index % 17 === 5
  const title = isGenesis ? 'Genesis Block' : `${words[index % words.length]} nº ${index}${isText ? '' : '.pdf'}`
  return {
    index,
    kind: isGenesis ? 'genesis' : isText ? 'text' : 'file',
    text: isText ? `Texto do registro ${index}, como foi escrito.` : null,
    sha256: fakeHash(`document ${index}`),
    bytes: isText || isGenesis ? null : 20_000 + index * 37,
    title,
    registrant: isGenesis ? '' : (people[index % people.length] ?? ''),
    atMs: wallMs,
    errorMs: isGenesis ? null : 3,
    leader,
    term: isGenesis ? 0 : 2,
    previousHash: isGenesis ? '0' : fakeHash(`block ${index - 1}`),
    hash,
    computedHash: hash,
  }
}
