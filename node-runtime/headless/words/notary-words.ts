import type { ChainBreak, OutboxState } from '#contract/worker/desk'

/** What the command line says of the notary. */
export interface NotaryWords {
  readonly states: Readonly<Record<OutboxState, string>>
  readonly registeredBefore: (when: string, by: string) => string
  readonly leftOut: (count: number) => string
  readonly stillWaiting: (count: number) => string
  readonly takenOut: (count: number) => string
  readonly size: (size: number, witnessed: number) => string
  readonly keys: (witnesses: number, isApproved: boolean) => string
  readonly keysUnknown: string
  readonly dialectUnknown: string
  readonly peers: (count: number, canBeChosen: boolean) => string
  readonly saved: (file: string) => string
  readonly more: (before: number) => string
  readonly sound: (node: string, size: number) => string
  readonly broken: (node: string, found: ChainBreak) => string
  readonly healing: (node: string, isHealing: boolean) => string
  readonly unproven: string
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
  leftOut: (count) =>
    count === 1
      ? 'One file or folder could not be read and is left out; the others go on.'
      : `${count} files or folders could not be read and are left out; the others go on.`,
  stillWaiting: (count) => `${count} documents stay in the outbox and go on by themselves`,
  takenOut: (count) =>
    `${count} documents were taken out of the outbox meanwhile; what became of them is not known here`,
  size: (size, witnessed) => `${size} records, co-signed up to ${witnessed}`,
  keys: (witnesses, isApproved) =>
    isApproved
      ? `${witnesses} witnesses; their keys count here. All run on this machine: they are no independent witnesses.`
      : `${witnesses} witnesses; nobody here has approved their keys.`,
  keysUnknown: 'No majority of the peers has said yet who the witnesses are.',
  dialectUnknown: 'Not known before the notary has started once.',
  peers: (count, canBeChosen) =>
    canBeChosen
      ? `${count}; another number can be chosen until one of them has run.`
      : `${count}, for as long as this lab lasts.`,
  saved: (file) => `Saved: ${file}`,
  more: (before) => `There are older records: --before ${before}`,
  sound: (node, size) => `${node}: all ${size} records are sound.`,
  broken: (node, { index, check }) => `${node}: record ${index} is not what was registered; found by: ${check}.`,
  healing: (node, isHealing) =>
    isHealing
      ? 'It takes its copy anew from the others, by itself.'
      : `It waits for somebody: colmeia notary repair ${node}`,
  unproven: 'This is what lies in its file, and proves nothing; the peer answers nobody from it.',
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
  leftOut: (count) =>
    count === 1
      ? 'Um arquivo ou pasta não pôde ser lido e fica de fora; os outros seguem.'
      : `${count} arquivos ou pastas não puderam ser lidos e ficam de fora; os outros seguem.`,
  stillWaiting: (count) => `${count} documentos continuam na fila e seguem por si`,
  takenOut: (count) => `${count} documentos foram tirados da fila entretanto; não se sabe aqui o que foi feito deles`,
  size: (size, witnessed) => `${size} registros, coassinados até ${witnessed}`,
  keys: (witnesses, isApproved) =>
    isApproved
      ? `${witnesses} testemunhas; as chaves delas valem aqui. Todas rodam nesta máquina: não são independentes.`
      : `${witnesses} testemunhas; ninguém aqui aprovou as chaves delas.`,
  keysUnknown: 'Nenhuma maioria dos pares disse ainda quem são as testemunhas.',
  dialectUnknown: 'Não se sabe antes que o cartório tenha sido iniciado.',
  peers: (count, canBeChosen) =>
    canBeChosen
      ? `${count}; outro número pode ser escolhido até que um deles tenha rodado.`
      : `${count}, enquanto este laboratório durar.`,
  saved: (file) => `Salvo: ${file}`,
  more: (before) => `Há registros mais antigos: --before ${before}`,
  sound: (node, size) => `${node}: todos os ${size} registros estão íntegros.`,
  broken: (node, { index, check }) => `${node}: o registro ${index} não é o que foi registrado; quem notou: ${check}.`,
  healing: (node, isHealing) =>
    isHealing
      ? 'Ele busca a sua cópia de novo nos outros, por si.'
      : `Ele espera por alguém: colmeia notary repair ${node}`,
  unproven: 'Isto é o que está no arquivo dele, e não prova nada; o par não responde a ninguém com isso.',
}
