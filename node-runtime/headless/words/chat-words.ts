import type { ChatProfile, ChatSettings } from '#contract/worker/chat'
import type { FailureCode } from '#kit/failures'

type Heads = Readonly<Record<'channels' | 'people' | 'conversations' | 'locks' | 'clocks', readonly string[]>>

/** What the command line says of the chat. */
export interface ChatWords {
  readonly whichUser: (users: readonly string[]) => string
  readonly askPassword: (user: string) => string
  readonly youAre: (user: string) => string
  readonly joined: (place: string) => string
  readonly left: (place: string) => string
  readonly leads: (leader: string) => string
  readonly gap: (ms: number, leader: string) => string
  readonly silent: string
  readonly answers: string
  readonly waits: string
  readonly stored: (copies: number, servers: number) => string
  readonly seen: (by: number) => string
  readonly refused: (why: string) => string
  /** Of something that was said; any other reason is told as everywhere in the lab. */
  readonly refusals: Partial<Readonly<Record<FailureCode, string>>>
  readonly deleted: string
  readonly edited: string
  readonly replies: (row: number | null) => string
  readonly more: string
  readonly noRow: (row: number) => string
  readonly notYet: (row: number) => string
  readonly underWay: (row: number) => string
  readonly unknown: (word: string) => string
  readonly incomplete: (word: string) => string
  readonly noNumber: (word: string) => string
  readonly status: (profile: ChatProfile, leader: string | null, waiting: number) => string
  readonly setup: (settings: ChatSettings, canChooseProfile: boolean) => string
  readonly plugIn: string
  readonly kept: (rules: number) => string
  readonly broken: (broken: number, rules: number) => string
  readonly heads: Heads
  readonly help: string
}

/** As the window calls them. */
const profiles = {
  en: { leader: 'Leader', everyone: 'Everyone' },
  pt: { leader: 'Líder', everyone: 'Todos' },
} as const satisfies Record<string, Record<ChatProfile, string>>

export const englishChat: ChatWords = {
  whichUser: (users) => `name the user with --user; signed in here: ${users.join(', ') || 'nobody'}`,
  askPassword: (user) => `The password of ${user} (it is not shown):`,
  youAre: (user) => `You are ${user}. help says what can be typed.`,
  joined: (place) => `you are in ${place}`,
  left: (place) => `you left ${place}`,
  leads: (leader) => `${leader} leads now`,
  gap: (ms, leader) => `nobody led for ${ms} ms; ${leader} leads now`,
  silent: 'the chat does not answer; what you say waits here',
  answers: 'the chat answers again',
  waits: 'what you said waits here, and goes out when the servers answer',
  stored: (copies, servers) => `on ${copies} of ${servers}`,
  seen: (by) => `seen by ${by}`,
  refused: (why) => `refused (${why})`,
  refusals: {
    'unknown-user': 'there is nobody of this name',
    'unknown-channel': 'there is no such channel',
    'not-found': 'the message it answers is not there any more',
    'not-a-member': 'you are not in this conversation',
    'protected-name': 'a password protects this name',
    'too-large': 'it is longer than 10,000 characters',
    'bad-request': 'the chat could not make sense of it',
  },
  deleted: '(deleted)',
  edited: 'edited',
  replies: (row) => (row === null ? '↩' : `↩ [${row}]`),
  more: 'there is more; narrow it with from:, in: or before:',
  noRow: (row) => `no message has the number ${row} on this screen`,
  notYet: (row) => `message ${row} is not in the chat; until it is, it can only be deleted`,
  underWay: (row) => `message ${row} is under way: the chat may have it already`,
  unknown: (word) => `${word}? help says what can be typed`,
  incomplete: (word) => `something is missing after ${word}; help says what`,
  noNumber: (word) => `${word} is no number that can stand there; help says which`,
  status: (profile, leader, waiting) =>
    `profile ${profiles.en[profile]}; led by ${leader ?? '–'}; ${waiting} ${waiting === 1 ? 'message waits' : 'messages wait'} here`,
  setup: ({ profile, hasJsonPublications, layout, reach }, canChoose) =>
    [
      `profile       ${profile}${canChoose ? '' : ' (kept until the lab is reset: its servers have run)'}`,
      `publications  ${hasJsonPublications ? 'json' : 'messagepack'}`,
      `layout        ${layout}`,
      `reach         ${reach}`,
    ].join('\n'),
  plugIn: 'Plug in your program here:',
  kept: (rules) => `${rules} ${rules === 1 ? 'rule' : 'rules'} kept`,
  broken: (broken, rules) => `${broken} of ${rules} rules broken`,
  heads: {
    channels: ['channel', 'members', 'yours', 'title'],
    people: ['name', 'here', ''],
    conversations: ['conversation', 'unread', 'mentions'],
    locks: ['lock', 'holder', 'fence', 'waiting'],
    clocks: ['server', '', 'offset ms', 'error ms', 'age'],
  },
  help: `list_channels                 public channels           list_users      people, ● here
conversations                 what you are in           status          who leads, what waits
create_channel NAME           create_private NAME       invite CHANNEL USER
subscribe CHANNEL             unsubscribe CHANNEL
publish CHANNEL TEXT          message USER TEXT
history CHANNEL|@USER [N]     search WORDS from:USER in:CHANNEL before:2026-01-31
reply N TEXT  edit N TEXT  react N 👍  unreact N 👍  delete N      N: the number before a message
locks                         named locks               sync_time       clocks of the servers
quit                          the end of the input and Ctrl+C do the same
A name with blanks stands in double quotes: publish "a b" TEXT
The words of the course (listar_canais, inscrever, publicar, mensagem …) work as well.`,
}

export const portugueseChat: ChatWords = {
  whichUser: (users) => `diga o usuário com --user; com sessão aberta aqui: ${users.join(', ') || 'ninguém'}`,
  askPassword: (user) => `A senha de ${user} (não aparece):`,
  youAre: (user) => `Você é ${user}. ajuda diz o que se pode digitar.`,
  joined: (place) => `você está em ${place}`,
  left: (place) => `você saiu de ${place}`,
  leads: (leader) => `${leader} lidera agora`,
  gap: (ms, leader) => `ninguém liderou por ${ms} ms; ${leader} lidera agora`,
  silent: 'o chat não responde; o que você diz espera aqui',
  answers: 'o chat responde de novo',
  waits: 'o que você disse espera aqui, e sai quando os servidores responderem',
  stored: (copies, servers) => `em ${copies} de ${servers}`,
  seen: (by) => `visto por ${by}`,
  refused: (why) => `recusada (${why})`,
  refusals: {
    'unknown-user': 'não há ninguém com esse nome',
    'unknown-channel': 'esse canal não existe',
    'not-found': 'a mensagem a que responde não está mais lá',
    'not-a-member': 'você não está nesta conversa',
    'protected-name': 'uma senha protege esse nome',
    'too-large': 'tem mais de 10.000 caracteres',
    'bad-request': 'o chat não conseguiu entender',
  },
  deleted: '(apagada)',
  edited: 'editada',
  replies: (row) => (row === null ? '↩' : `↩ [${row}]`),
  more: 'há mais; restrinja com from:, in: ou before:',
  noRow: (row) => `nenhuma mensagem tem o número ${row} nesta tela`,
  notYet: (row) => `a mensagem ${row} não está no chat; enquanto não estiver, só se pode apagá-la`,
  underWay: (row) => `a mensagem ${row} está a caminho: o chat já pode tê-la`,
  unknown: (word) => `${word}? ajuda diz o que se pode digitar`,
  incomplete: (word) => `falta algo depois de ${word}; ajuda diz o quê`,
  noNumber: (word) => `${word} não é um número que possa estar ali; ajuda diz qual`,
  status: (profile, leader, waiting) =>
    `perfil ${profiles.pt[profile]}; líder ${leader ?? '–'}; ${waiting} ${waiting === 1 ? 'mensagem espera' : 'mensagens esperam'} aqui`,
  setup: ({ profile, hasJsonPublications, layout, reach }, canChoose) =>
    [
      `perfil       ${profile}${canChoose ? '' : ' (vale até o laboratório ser zerado: os servidores dele já executaram)'}`,
      `publicações  ${hasJsonPublications ? 'json' : 'messagepack'}`,
      `disposição   ${layout}`,
      `alcance      ${reach}`,
    ].join('\n'),
  plugIn: 'Conecte o seu programa aqui:',
  kept: (rules) => `${rules} ${rules === 1 ? 'regra cumprida' : 'regras cumpridas'}`,
  broken: (broken, rules) => `${broken} de ${rules} regras violadas`,
  heads: {
    channels: ['canal', 'membros', 'seu', 'título'],
    people: ['nome', 'aqui', ''],
    conversations: ['conversa', 'não lidas', 'menções'],
    locks: ['trava', 'de quem', 'cerca', 'esperam'],
    clocks: ['servidor', '', 'ajuste ms', 'erro ms', 'idade'],
  },
  help: `listar_canais                 canais públicos           listar_usuarios   pessoas, ● aqui
conversas                     onde você está            estado            quem lidera, o que espera
criar_canal NOME              criar_privado NOME        convidar CANAL USUÁRIO
inscrever CANAL               desinscrever CANAL
publicar CANAL TEXTO          mensagem USUÁRIO TEXTO
historico CANAL|@USUÁRIO [N]  buscar PALAVRAS from:USUÁRIO in:CANAL before:2026-01-31
responder N TEXTO  editar N TEXTO  reagir N 👍  desreagir N 👍  apagar N      N: o número antes da mensagem
travas                        travas com nome           sync_time         relógios dos servidores
sair                          o fim da entrada e Ctrl+C fazem o mesmo
Um nome com espaços vai entre aspas duplas: publicar "a b" TEXTO
As palavras em inglês (list_channels, subscribe, publish, message …) valem também.`,
}
