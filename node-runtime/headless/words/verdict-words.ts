import type { CheckVerdict } from '#cores/notary/receipt/verdict'
import type { CliLanguage } from './words.ts'

/** What is said of a receipt. */
export interface VerdictWords {
  readonly verdicts: Readonly<Record<CheckVerdict['kind'], string>>
  /** Proven while nobody holds the document. */
  readonly provenUnheld: string
  readonly steps: Readonly<Record<CheckVerdict['steps'][number]['check'], string>>
  /** Above what a proven receipt says, and above what another one claims. */
  readonly proven: string
  readonly claimed: string
  readonly fact: (facts: NonNullable<CheckVerdict['facts']>) => readonly (readonly [string, string])[]
  readonly size: (size: number) => string
  readonly log: string
  readonly witness: string
  readonly keyUnknown: string
  /** What a proof does not say. */
  readonly caveats: readonly string[]
  readonly pagesUnread: string
}

const instant = (ms: number): string => (ms <= 8.64e15 ? new Date(ms).toISOString() : String(ms))

const english: VerdictWords = {
  verdicts: {
    proven: 'Proven: this document stands in the log.',
    'unknown-keys':
      'Consistent, but signed by keys you have not approved. Nothing is proven; hold the keys below against a policy that you trust (--policy FILE).',
    'other-document': 'Refused: the receipt is of another document, or this one was changed.',
    'not-a-receipt': 'Refused: this is no receipt of a notary.',
    'proof-wrong': 'Refused: the proof does not lead to the signed checkpoint. The receipt was changed or forged.',
    'signature-wrong': 'Refused: a signature does not hold. The receipt was changed or forged.',
    'not-signed':
      'Refused: the log itself has not signed this checkpoint. Its line is missing, and what witnesses sign alone proves nothing.',
    'too-few-witnesses': 'Refused: fewer witnesses than the policy asks for have signed.',
  },
  provenUnheld: 'Proven: a document with this SHA-256 stands in the log. No document was held against it.',
  steps: {
    document: 'document: its SHA-256 is that of the receipt',
    leaf: 'leaf: names the place that the proof is of',
    path: 'path: leads from the leaf to the root of the checkpoint',
    'log-signature': "log: an approved log's signature of the checkpoint",
    witnesses: "witnesses: known witnesses' signatures of the checkpoint",
    policy: 'policy: enough witnesses have signed',
  },
  proven: 'What is proven:',
  claimed: 'What the receipt claims, not proven:',
  fact: (facts) => [
    ['title', facts.title],
    ['registrant', facts.registrant],
    ['SHA-256', facts.sha256],
    ['record', String(facts.index)],
    ['time', `${instant(facts.atMs)}${facts.errorMs === null ? '' : `, ± ${facts.errorMs} ms between the peers`}`],
    ['leader', `${facts.leader}, term ${facts.term}`],
  ],
  size: (size) => `checkpoint of ${size} records`,
  log: 'log',
  witness: 'witness',
  keyUnknown: 'key not approved',
  caveats: [
    'The error of the time is between the clocks of the peers; nobody compared them with UTC.',
    'Peers run by one owner are not independent witnesses.',
  ],
  pagesUnread: 'The receipt inside the PDF was checked. What is printed on its pages was not, and proves nothing.',
}

const portuguese: VerdictWords = {
  verdicts: {
    proven: 'Provado: este documento está no log.',
    'unknown-keys':
      'Coerente, mas assinado por chaves que você não aprovou. Nada está provado; compare as chaves abaixo com uma política em que você confia (--policy ARQUIVO).',
    'other-document': 'Recusado: o recibo é de outro documento, ou este foi alterado.',
    'not-a-receipt': 'Recusado: isto não é um recibo de cartório.',
    'proof-wrong': 'Recusado: a prova não leva ao ponto de verificação assinado. O recibo foi alterado ou forjado.',
    'signature-wrong': 'Recusado: uma assinatura não confere. O recibo foi alterado ou forjado.',
    'not-signed':
      'Recusado: o próprio log não assinou este ponto de verificação. Falta a linha dele, e o que só as testemunhas assinam não prova nada.',
    'too-few-witnesses': 'Recusado: assinaram menos testemunhas do que a política exige.',
  },
  provenUnheld: 'Provado: um documento com este SHA-256 está no log. Nenhum documento foi comparado com ele.',
  steps: {
    document: 'documento: o SHA-256 dele é o do recibo',
    leaf: 'folha: diz o lugar a que a prova se refere',
    path: 'caminho: leva da folha à raiz do ponto de verificação',
    'log-signature': 'log: assinatura do ponto de verificação por um log aprovado',
    witnesses: 'testemunhas: assinaturas do ponto de verificação por testemunhas conhecidas',
    policy: 'política: assinaram testemunhas suficientes',
  },
  proven: 'O que está provado:',
  claimed: 'O que o recibo alega, sem prova:',
  fact: (facts) => [
    ['título', facts.title],
    ['registrante', facts.registrant],
    ['SHA-256', facts.sha256],
    ['registro', String(facts.index)],
    ['hora', `${instant(facts.atMs)}${facts.errorMs === null ? '' : `, ± ${facts.errorMs} ms entre os pares`}`],
    ['líder', `${facts.leader}, mandato ${facts.term}`],
  ],
  size: (size) => `ponto de verificação de ${size} registros`,
  log: 'log',
  witness: 'testemunha',
  keyUnknown: 'chave não aprovada',
  caveats: [
    'O erro da hora é entre os relógios dos pares; ninguém os comparou com o UTC.',
    'Pares mantidos por um só dono não são testemunhas independentes.',
  ],
  pagesUnread: 'O recibo dentro do PDF foi conferido. O que está impresso nas páginas não foi, e não prova nada.',
}

export const verdictWords: Readonly<Record<CliLanguage, VerdictWords>> = { en: english, pt: portuguese }
