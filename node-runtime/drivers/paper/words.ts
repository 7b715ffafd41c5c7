import type { PaperLanguage } from '#ports/paper'

/** Everything that a certificate says. */
export interface Words {
  readonly title: string
  readonly record: (index: string, origin: string) => string
  readonly labels: Readonly<
    Record<'sha256' | 'time' | 'registrant' | 'leader' | 'log' | 'checkpoint' | 'witnesses', string>
  >
  readonly moment: (at: Moment) => string
  readonly bound: (errorMs: string) => string
  readonly noBound: string
  readonly led: (leader: string, term: string) => string
  readonly checkpoint: (size: string) => string
  readonly oneOwner: string
  readonly moreWitnesses: (count: string) => string
  readonly noWitnesses: string
  readonly noTitle: string
  readonly notWhole: string
  readonly titleHash: string
  readonly howToCheck: string
  readonly steps: readonly string[]
  readonly picture: (bytes: string) => string
  readonly foot: string
  readonly page: (page: number, pages: number) => string
}

export interface Moment {
  readonly day: number
  /** 0 is January. */
  readonly month: number
  readonly year: number
  readonly clock: string
  readonly milliseconds: string
}

const monthsOf = {
  en: 'January February March April May June July August September October November December',
  'pt-BR': 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
} as const satisfies Record<PaperLanguage, string>

function month(language: PaperLanguage, at: Moment): string {
  return monthsOf[language].split(' ')[at.month] ?? ''
}

const english: Words = {
  title: 'Certificate of registration',
  record: (index, origin) => `Record ${index} of the log ${origin}`,
  labels: {
    sha256: 'SHA-256 of the document',
    time: 'Registered at',
    registrant: 'Registered by',
    leader: 'Led by',
    log: 'Key of the log',
    checkpoint: 'Proven in',
    witnesses: 'Co-signed by',
  },
  moment: (at) => `${at.day} ${month('en', at)} ${at.year}, ${at.clock}.${at.milliseconds} UTC`,
  bound: (errorMs) =>
    `± ${errorMs} ms between the peers, not to UTC: so far their clocks may have been apart, and all of them may be wrong.`,
  noBound: 'No error bound is known: the peers had not compared their clocks. They may be wrong.',
  led: (leader, term) => `${leader}, in term ${term}`,
  checkpoint: (size) => `the checkpoint of ${size} records`,
  oneOwner:
    'Peers run by one owner are not independent witnesses: whoever holds all the keys can sign anything with them.',
  moreWitnesses: (count) => `and ${count} more, named in the receipt`,
  noWitnesses: 'nobody',
  noTitle: '(no title)',
  notWhole:
    'Letters that cannot be printed stand here as empty boxes, and what is too long ends in “…”. The receipt has them exactly.',
  titleHash: 'SHA-256 of the title’s UTF-8 bytes:',
  howToCheck: 'How to check it',
  steps: [
    'Take the document itself, with not one byte changed, and this PDF. From paper, scan the picture with any QR reader and keep its text.',
    'Open verify.html, a page that comes with Colmeia and needs no network, or “Check a document” in its window. Give it both.',
    'Or: npm run colmeia -- notary verify FILE --receipt receipt.tlog-proof --policy POLICY',
    'Trust only keys that reached you in another way than this paper, in a policy. Whoever made the paper may have made its keys too.',
  ],
  picture: (bytes) =>
    `The picture holds the whole receipt, ${bytes} bytes of text. It is also attached to this PDF as receipt.tlog-proof.`,
  foot: 'What is printed here proves nothing by itself. The receipt does.',
  page: (page, pages) => `${page} of ${pages}`,
}

const portuguese: Words = {
  title: 'Certificado de registro',
  record: (index, origin) => `Registro ${index} do log ${origin}`,
  labels: {
    sha256: 'SHA-256 do documento',
    time: 'Registrado em',
    registrant: 'Registrado por',
    leader: 'Sob a liderança de',
    log: 'Chave do log',
    checkpoint: 'Provado no',
    witnesses: 'Assinado também por',
  },
  moment: (at) => `${at.day} de ${month('pt-BR', at)} de ${at.year}, ${at.clock},${at.milliseconds} UTC`,
  bound: (errorMs) =>
    `± ${errorMs} ms entre os pares, não em relação ao UTC: os relógios deles podiam divergir até esse tanto, e todos podem estar errados.`,
  noBound: 'Não se conhece a margem de erro: os pares não tinham comparado seus relógios. Eles podem estar errados.',
  led: (leader, term) => `${leader}, no mandato ${term}`,
  checkpoint: (size) => `ponto de verificação de ${size} registros`,
  oneOwner:
    'Pares operados por um só dono não são testemunhas independentes: quem tem todas as chaves pode assinar qualquer coisa com elas.',
  moreWitnesses: (count) => `e mais ${count}, que constam no recibo`,
  noWitnesses: 'ninguém',
  noTitle: '(sem título)',
  notWhole:
    'Letras que não podem ser impressas aparecem aqui como caixas vazias, e o que é longo demais termina em “…”. O recibo as traz exatas.',
  titleHash: 'SHA-256 dos bytes UTF-8 do título:',
  howToCheck: 'Como conferir',
  steps: [
    'Tenha o próprio documento, sem um único byte alterado, e este PDF. Do papel, leia a imagem com qualquer leitor de QR e guarde o texto.',
    'Abra verify.html, uma página que vem com o Colmeia e não precisa de rede, ou “Conferir um documento” na janela dele. Entregue os dois.',
    'Ou: npm run colmeia -- notary verify ARQUIVO --receipt receipt.tlog-proof --policy POLÍTICA',
    'Confie só em chaves que chegaram a você por outro caminho, em uma política. Quem fez este papel pode ter feito também as chaves dele.',
  ],
  picture: (bytes) =>
    `A imagem contém o recibo inteiro, ${bytes} bytes de texto. Ele também está anexado a este PDF como receipt.tlog-proof.`,
  foot: 'O que está impresso aqui não prova nada sozinho. O recibo prova.',
  page: (page, pages) => `${page} de ${pages}`,
}

export const wordsOf: Readonly<Record<PaperLanguage, Words>> = { en: english, 'pt-BR': portuguese }

/** 12345 as people write it. */
export function grouped(value: number, language: PaperLanguage): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, language === 'en' ? ',' : '.')
}

/** In UTC. null: no time that a calendar has. */
export function momentOf(atMs: number): Moment | null {
  const at = new Date(atMs)
  if (Number.isNaN(at.getTime())) return null
  const iso = at.toISOString()
  return {
    day: at.getUTCDate(),
    month: at.getUTCMonth(),
    year: at.getUTCFullYear(),
    clock: iso.slice(-13, -5),
    milliseconds: iso.slice(-4, -1),
  }
}
