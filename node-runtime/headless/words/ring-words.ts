import type { RingChange } from '#contract/worker/ring'

/** What the command line says of the ring. */
export interface RingWords {
  readonly askPhrase: string
  readonly youAreIn: (id: string, leader: string, size: number) => string
  readonly youLeft: string
  readonly older: (count: number) => string
  readonly late: string
  readonly entered: (name: string) => string
  readonly left: (name: string) => string
  readonly dead: (name: string) => string
  readonly caughtUp: (count: number, from: string) => string
  readonly suspected: (name: string, silentMs: number) => string
  readonly cleared: (name: string) => string
  readonly closed: (over: string, next: string) => string
  readonly token: (term: number) => string
  readonly beat: (from: string) => string
  readonly changed: Readonly<Record<RingChange, (leader: string, size: number) => string>>
  readonly asked: Readonly<Record<'elect' | 'refresh', string>>
  readonly fitted: string
  readonly members: (count: number) => string
  readonly leader: string
  readonly you: string
  readonly reference: string
  readonly states: Readonly<Record<'suspected' | 'dead', string>>
  readonly help: string
  readonly invented: (phrase: string) => string
  readonly setup: Readonly<
    Record<'names' | 'reach' | 'host' | 'noHost' | 'group' | 'texts' | 'timing' | 'key' | 'networks', string>
  >
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`

export const englishRing: RingWords = {
  askPhrase: 'The phrase of the ring (it is not shown):',
  youAreIn: (id, leader, size) => `You are ${id} in a ring of ${size}, led by ${leader}. @HELP says what can be typed.`,
  youLeft: 'You left the ring.',
  older: (count) => `… ${count} older ${count === 1 ? 'message' : 'messages'} …`,
  late: 'came late',
  entered: (name) => `* ${name} is in the ring`,
  left: (name) => `${name} left`,
  dead: (name) => `${name} does not answer any more`,
  caughtUp: (count, from) =>
    count === 0
      ? `everything that ${from} has is here`
      : `${count} ${count === 1 ? 'message that was' : 'messages that were'} missed came from ${from}`,
  suspected: (name, silentMs) => `${name} has been silent for ${seconds(silentMs)}; others are asked`,
  cleared: (name) => `${name} is there after all`,
  closed: (over, next) => `the ring is closed over ${over}; the next one is ${next}`,
  token: (term) => `a token goes round for term ${term}`,
  beat: (from) => `beat from ${from}`,
  changed: {
    joined: (leader, size) => `joined the ring of ${leader} (${size})`,
    followed: (leader) => `${leader} leads now`,
    merged: (leader, size) => `two rings became one of ${size}, led by ${leader}`,
    'led-alone': () => 'nobody else is here; this peer leads a ring of its own',
    'led-elected': () => 'the token came home; this peer leads now',
    'led-handed-over': () => 'the leader left; this peer leads now',
  },
  asked: { elect: 'an election was asked for', refresh: 'a fresh list was asked for' },
  fitted: 'peers of the text form get it shortened, or with other characters',
  members: (count) => `${count} in the ring, from the leader onward:`,
  leader: 'leads',
  you: 'you',
  reference: 'text form',
  states: { suspected: 'silent', dead: 'does not answer' },
  help: `@LIDER    start an election
@LIST     ask for a fresh list of members
@MEMBERS  who is in the ring
@HELP     this text
FIM       leave in order; the end of the input and Ctrl+C do the same
Anything else is said to all.`,
  invented: (phrase) =>
    `The phrase, shown this once and kept nowhere. Type it on the other machines:\n\n  ${phrase}\n\nThe digits beside the key are then the same there.`,
  setup: {
    names: 'peers here',
    reach: 'reach',
    host: 'address',
    noHost: 'none: that network is not there',
    group: 'group',
    texts: 'text form from',
    timing: 'timing',
    key: 'key',
    networks: 'networks here',
  },
}

export const portugueseRing: RingWords = {
  askPhrase: 'A frase do anel (ela não aparece):',
  youAreIn: (id, leader, size) =>
    `Você é ${id} em um anel de ${size}, liderado por ${leader}. @HELP diz o que se pode digitar.`,
  youLeft: 'Você saiu do anel.',
  older: (count) => `… ${count} ${count === 1 ? 'mensagem mais antiga' : 'mensagens mais antigas'} …`,
  late: 'chegou atrasada',
  entered: (name) => `* ${name} está no anel`,
  left: (name) => `${name} saiu`,
  dead: (name) => `${name} não responde mais`,
  caughtUp: (count, from) =>
    count === 0
      ? `tudo o que ${from} tem está aqui`
      : `${count} ${count === 1 ? 'mensagem perdida veio' : 'mensagens perdidas vieram'} de ${from}`,
  suspected: (name, silentMs) => `${name} está em silêncio há ${seconds(silentMs)}; outros são consultados`,
  cleared: (name) => `${name} está aí, afinal`,
  closed: (over, next) => `o anel se fechou por cima de ${over}; o próximo é ${next}`,
  token: (term) => `uma ficha circula para o mandato ${term}`,
  beat: (from) => `batida de ${from}`,
  changed: {
    joined: (leader, size) => `entrou no anel de ${leader} (${size})`,
    followed: (leader) => `${leader} lidera agora`,
    merged: (leader, size) => `dois anéis viraram um de ${size}, liderado por ${leader}`,
    'led-alone': () => 'não há mais ninguém aqui; este par lidera um anel só seu',
    'led-elected': () => 'a ficha voltou; este par lidera agora',
    'led-handed-over': () => 'o líder saiu; este par lidera agora',
  },
  asked: { elect: 'foi pedida uma eleição', refresh: 'foi pedida uma lista nova' },
  fitted: 'pares da forma de texto recebem a mensagem encurtada ou com outros caracteres',
  members: (count) => `${count} no anel, a partir do líder:`,
  leader: 'lidera',
  you: 'você',
  reference: 'forma de texto',
  states: { suspected: 'em silêncio', dead: 'não responde' },
  help: `@LIDER    inicia uma eleição
@LIST     pede uma lista nova dos membros
@MEMBERS  quem está no anel
@HELP     este texto
FIM       sai em ordem; o fim da entrada e Ctrl+C fazem o mesmo
Todo o resto é dito a todos.`,
  invented: (phrase) =>
    `A frase, mostrada só desta vez e não guardada. Digite-a nas outras máquinas:\n\n  ${phrase}\n\nOs dígitos ao lado da chave são então os mesmos lá.`,
  setup: {
    names: 'pares aqui',
    reach: 'alcance',
    host: 'endereço',
    noHost: 'nenhum: essa rede não está disponível',
    group: 'grupo',
    texts: 'forma de texto de',
    timing: 'tempos',
    key: 'chave',
    networks: 'redes aqui',
  },
}
