import type { NotaryPeerView, OutboxState } from '#contract/worker/desk'

type Broken = Extract<NotaryPeerView['examination'], { readonly kind: 'broken' }>

/** What the command line says of the notary. */
export interface NotaryWords {
  readonly states: Readonly<Record<OutboxState, string>>
  readonly registeredBefore: (when: string, by: string) => string
  readonly stillWaiting: (count: number) => string
  readonly size: (size: number, witnessed: number) => string
  readonly keys: (witnesses: number, isApproved: boolean) => string
  readonly saved: (file: string) => string
  readonly more: (before: number) => string
  readonly sound: (node: string, size: number) => string
  readonly broken: (node: string, found: Broken) => string
}

export const englishNotary: NotaryWords = {
  states: {
    waiting: 'waiting',
    sent: 'sent',
    'in-log': 'registered',
    'co-signed': 'registered, co-signed',
    already: 'was registered before',
    refused: 'refused',
  },
  registeredBefore: (when, by) => (by === '' ? `on ${when}` : `on ${when} by ${by}`),
  stillWaiting: (count) => `${count} documents stay in the outbox and go on by themselves`,
  size: (size, witnessed) => `${size} records, co-signed up to ${witnessed}`,
  keys: (witnesses, isApproved) =>
    isApproved
      ? `${witnesses} witnesses; their keys count here. All run on this machine: they are no independent witnesses.`
      : `${witnesses} witnesses; nobody here has approved their keys.`,
  saved: (file) => `Saved: ${file}`,
  more: (before) => `There are older records: --before ${before}`,
  sound: (node, size) => `${node}: all ${size} records are sound.`,
  broken: (node, { index, check }) => `${node}: record ${index} is not what was registered; found by: ${check}.`,
}

export const portugueseNotary: NotaryWords = {
  states: {
    waiting: 'na fila',
    sent: 'enviado',
    'in-log': 'registrado',
    'co-signed': 'registrado, coassinado',
    already: 'já estava registrado',
    refused: 'recusado',
  },
  registeredBefore: (when, by) => (by === '' ? `em ${when}` : `em ${when} por ${by}`),
  stillWaiting: (count) => `${count} documentos continuam na fila e seguem por si`,
  size: (size, witnessed) => `${size} registros, coassinados até ${witnessed}`,
  keys: (witnesses, isApproved) =>
    isApproved
      ? `${witnesses} testemunhas; as chaves delas valem aqui. Todas rodam nesta máquina: não são independentes.`
      : `${witnesses} testemunhas; ninguém aqui aprovou as chaves delas.`,
  saved: (file) => `Salvo: ${file}`,
  more: (before) => `Há registros mais antigos: --before ${before}`,
  sound: (node, size) => `${node}: todos os ${size} registros estão íntegros.`,
  broken: (node, { index, check }) => `${node}: o registro ${index} não é o que foi registrado; quem notou: ${check}.`,
}
