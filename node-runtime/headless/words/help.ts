import type { CliLanguage } from './words.ts'

export const commandNames = [
  'serve',
  'up',
  'status',
  'fault',
  'logs',
  'tables',
  'start',
  'stop',
  'reset',
  'notary',
  'ring',
  'chat',
] as const
export type CommandName = (typeof commandNames)[number]

interface Help {
  readonly overview: string
  readonly common: string
  readonly commands: Readonly<Record<CommandName, string>>
}

const english: Help = {
  overview: `colmeia: four distributed systems on this machine

  up       run the lab here, until Ctrl+C
  serve    the same; what \`npm run headless\` starts
  status   clusters, nodes, leaders and faults
  start    start a cluster or a node
  stop     stop a cluster or a node
  fault    list, inject and clear faults
  logs     what happened, as the recording has it
  tables   what a node keeps
  reset    delete what the nodes have kept
  notary   register documents, look into the register, check receipts
  ring     talk in the ring as one more peer, or set it up
  chat     talk in the chat, set it up, look at what programs send it

colmeia <command> --help says more. All but up, serve and ring talk to the Colmeia that runs the lab, with or without window.`,
  common: `  --lab NAME   another lab than "lab"
  --lang LANG  pt or en
  --json       for programs: one JSON value, and {"ok":false,"failure":{"code":…}} for what was refused
  --help       this text

Exit codes: 0 done, 1 refused, 2 not understood, 3 no Colmeia runs this lab.`,
  commands: {
    serve: `colmeia serve [--port N] [--no-ui] [--only KINDS] [--peers N]

Runs the lab and serves its window to a browser of this machine, behind the token in the printed address.

  --port N     the port of the page; 0, the default, takes any free one
  --no-ui      no page and no port, only the command line
  --only A,B   start these kinds of cluster only: notary, chat, ring, shop
  --peers N    peers with which a new lab founds its notary, 1 to 7; 3 by default. A lab whose notary has run keeps its own`,
    up: `colmeia up [--port N] [--no-ui] [--only KINDS] [--peers N]

Runs the lab in this terminal and starts its clusters, until Ctrl+C.

  --port N     the port of the page; 0, the default, takes any free one
  --no-ui      no page and no port, only the command line
  --only A,B   start these kinds of cluster only: notary, chat, ring, shop
  --peers N    peers with which a new lab founds its notary, 1 to 7; 3 by default. A lab whose notary has run keeps its own`,
    status: `colmeia status [--watch]

  --watch      again at each change, until Ctrl+C`,
    fault: `colmeia fault list
colmeia fault inject KIND … [--for 10s]
colmeia fault clear ID
colmeia fault clear-all

Kinds:
  kill NODE            pause NODE           full-disk NODE
  skew NODE --ms N     slow-disk NODE --ms N
  cut FROM TO [--both]             FROM and TO may be lists: n1,n2
  delay FROM TO --ms N [--jitter N]
  loss FROM TO --percent N
  duplicate FROM TO --percent N

  --for T      ends by itself after T: 500ms, 10s, 5m, 1h. Without it the fault lasts until it is cleared.
               A negative number is written --ms=-500`,
    logs: `colmeia logs [--follow] [--node NODE] [--messages] [--limit N]

  --follow     go on until Ctrl+C
  --node NODE  of this node only, after the last lines of its own log
  --messages   single messages too
  --limit N    how many of the last events, at most 500; 50 by default`,
    tables: `colmeia tables NODE [TABLE] [--limit N] [--cursor C]

Without TABLE: which tables the node has. Secrets are redacted by the node itself.

  --limit N    rows on a page, at most 200; 50 by default
  --cursor C   the next page, as the page before named it`,
    start: 'colmeia start CLUSTER|NODE',
    stop: 'colmeia stop CLUSTER|NODE',
    reset: `colmeia reset [--yes]

Stops the nodes, deletes the lab's folder and starts again what ran. Works also while no Colmeia runs.

  --yes        do not ask`,
    notary: `colmeia notary register FILE… [--registrant R]
colmeia notary status
colmeia notary dialect [A|B]
colmeia notary peers [N]
colmeia notary list [WORDS] [--before INDEX] [--limit N]
colmeia notary receipt INDEX [--out FILE]
colmeia notary certificate INDEX [--out FILE]
colmeia notary policy [--out FILE]
colmeia notary verify [FILE] --receipt R [--policy P]
colmeia notary chain NODE [--from INDEX] [--limit N]
colmeia notary examine NODE
colmeia notary tamper NODE INDEX
colmeia notary repair NODE

register     hashes files, also those in folders, and waits until each is registered; the files stay where they are.
             What cannot be read in a folder is named and left out, and it ends with 1
status       how it stands, and where each peer is asked over HTTP (and in which dialect)
dialect      how programs of before are answered over HTTP; without a letter, says it. Holds at once and after every start
peers        how many found the notary, 1 to 7; it can be chosen until one of them has run (reset: again)
list         newest first; WORDS stand in the title or are the registrant
receipt      what proves a record for ever: on the screen, or into a new file
certificate  the same as a PDF, in the language of the command line
policy       the keys of this notary, for --policy. Let somebody who knows them compare the fingerprints first
verify       checks offline that a receipt is sound, and that it is of FILE. Nobody is asked, and no Colmeia need run.
             Ends with 0 only if everything is proven, otherwise with 1.
chain        what one peer has; ≠ marks a record that is not what it was, ↯ one that does not follow the one before
examine      a peer computes everything anew and names the first bad record; ends with 1 if there is one
tamper       the lesson: changes the title of one record in that peer's file
repair       a peer takes its copy anew from the others

  --registrant R  who registers, as it is to stand there
  --receipt R     a receipt (.tlog-proof), or a certificate (PDF) that has one inside
  --policy P      the keys that you have approved; without it nothing is proven, and the keys are shown
  --limit N       at most 200; 50 by default`,
    chat: `colmeia chat [--user NAME] [--new]
colmeia chat [--user NAME] WORDS…
colmeia chat setup [--profile P] [--publications F] [--layout L] [--reach R]
colmeia chat foreign [--follow]
colmeia chat export NODE [--out FOLDER]

Without more: a user of the chat in this terminal, next to any windows. help lists what can be typed, in both languages and
with the words of the course (listar_canais, inscrever, publicar, mensagem, sync_time). With WORDS one of these is done,
and it ends when the servers have what was said; with 1 when they do not answer: then it waits here, and goes out when they
do. Who is signed in at this lab needs no password.

setup        how the chat is set up; with options, chooses it. A chat that runs is started anew
foreign      where programs of the course plug in, and what they sent, judged by the rules of the protocol
export       publications.jsonl, messages.jsonl and registry.json of a server, ref_servers.json of the reference

  --user NAME        who; by default the only one who is signed in, else your user name
  --new              a new account; the password is asked for (from a pipe: the first line)
  --profile P        leader: one server answers, a majority has it on disk; everyone: every server answers, as in the course
  --publications F   json or messagepack
  --layout L         course or account: whose proxy is served where there is one address for both
  --reach R          loopback; lan: programs on other machines may come in, and nothing proves who they are
  --follow           on and on, until Ctrl+C
  --out FOLDER       by default a new one called like the node`,
    ring: `colmeia ring [--name NAME] [debug|heartbeat] [--phrase] [--reach WHERE] [--interface NAME]
colmeia ring setup [--names A,B] [--reach WHERE] [--interface NAME] [--texts WHOM] [--timing T] [--key K]

Without setup: one more peer, in this terminal. What is typed is said to all; @LIDER @LIST @MEMBERS @HELP FIM as with
reference peers. It finds the ring by multicast, with the key of the lab here, whether that runs or not.
heartbeat also shows the beats of the ring and who is suspected, debug everything that the peer notes.

setup        how the ring of the lab that runs is set up; with options, chooses it. Peers that run are started anew

  --name NAME       what others call you; your user name by default
  --phrase          the key of a phrase that is asked for (from a pipe: its first line), and not that of the lab
  --reach WHERE     loopback; beside: this machine, and the group where reference peers join it; lan
  --interface NAME  the network for lan; auto: the one that leads out
  --names A,B       the peers that run in the lab
  --texts WHOM      from whom the text form is taken: nobody, this-machine, everybody
  --timing T        demo (500 ms, 1.5 s) or reference (5 s, 10 s)
  --key K           lab; phrase: asked for, as above; new: a phrase is invented, and shown this once`,
  },
}

const portuguese: Help = {
  overview: `colmeia: quatro sistemas distribuídos nesta máquina

  up       executa o laboratório aqui, até Ctrl+C
  serve    o mesmo; é o que \`npm run headless\` inicia
  status   clusters, nós, líderes e falhas
  start    inicia um cluster ou um nó
  stop     encerra um cluster ou um nó
  fault    lista, injeta e remove falhas
  logs     o que aconteceu, segundo a gravação
  tables   o que um nó guarda
  reset    apaga o que os nós guardaram
  notary   registra documentos, consulta o registro, verifica recibos
  ring     conversa no anel como mais um par, ou o configura
  chat     conversa no chat, o configura, mostra o que programas mandam a ele

colmeia <comando> --help diz mais. Todos, menos up, serve e ring, falam com o Colmeia que executa o laboratório, com
ou sem janela.`,
  common: `  --lab NOME   outro laboratório que não "lab"
  --lang LANG  pt ou en
  --json       para programas: um valor JSON, e {"ok":false,"failure":{"code":…}} para o que foi recusado
  --help       este texto

Códigos de saída: 0 feito, 1 recusado, 2 não entendido, 3 nenhum Colmeia executa este laboratório.`,
  commands: {
    serve: `colmeia serve [--port N] [--no-ui] [--only TIPOS] [--peers N]

Executa o laboratório e serve a janela a um navegador desta máquina, atrás da chave do endereço mostrado.

  --port N     a porta da página; 0, o padrão, usa qualquer uma livre
  --no-ui      sem página e sem porta, só a linha de comando
  --only A,B   inicia só estes tipos de cluster: notary, chat, ring, shop
  --peers N    pares com que um laboratório novo começa o cartório, 1 a 7; 3 se nada for dito. Se o cartório já rodou,
               fica com os seus`,
    up: `colmeia up [--port N] [--no-ui] [--only TIPOS] [--peers N]

Executa o laboratório neste terminal e inicia os clusters, até Ctrl+C.

  --port N     a porta da página; 0, o padrão, usa qualquer uma livre
  --no-ui      sem página e sem porta, só a linha de comando
  --only A,B   inicia só estes tipos de cluster: notary, chat, ring, shop
  --peers N    pares com que um laboratório novo começa o cartório, 1 a 7; 3 se nada for dito. Se o cartório já rodou,
               fica com os seus`,
    status: `colmeia status [--watch]

  --watch      de novo a cada mudança, até Ctrl+C`,
    fault: `colmeia fault list
colmeia fault inject TIPO … [--for 10s]
colmeia fault clear ID
colmeia fault clear-all

Tipos:
  kill NÓ              pause NÓ             full-disk NÓ
  skew NÓ --ms N       slow-disk NÓ --ms N
  cut DE PARA [--both]             DE e PARA podem ser listas: n1,n2
  delay DE PARA --ms N [--jitter N]
  loss DE PARA --percent N
  duplicate DE PARA --percent N

  --for T      termina sozinha depois de T: 500ms, 10s, 5m, 1h. Sem isso, dura até ser removida.
               Um número negativo se escreve --ms=-500`,
    logs: `colmeia logs [--follow] [--node NÓ] [--messages] [--limit N]

  --follow     continua até Ctrl+C
  --node NÓ    só deste nó, depois das últimas linhas do registro dele
  --messages   também mensagens avulsas
  --limit N    quantos dos últimos eventos, no máximo 500; 50 por padrão`,
    tables: `colmeia tables NÓ [TABELA] [--limit N] [--cursor C]

Sem TABELA: quais tabelas o nó tem. O próprio nó oculta os segredos.

  --limit N    linhas por página, no máximo 200; 50 por padrão
  --cursor C   a página seguinte, como a anterior a nomeou`,
    start: 'colmeia start CLUSTER|NÓ',
    stop: 'colmeia stop CLUSTER|NÓ',
    reset: `colmeia reset [--yes]

Encerra os nós, apaga a pasta do laboratório e inicia de novo o que estava em execução. Funciona também sem nenhum
Colmeia em execução.

  --yes        não pergunta`,
    notary: `colmeia notary register ARQUIVO… [--registrant R]
colmeia notary status
colmeia notary dialect [A|B]
colmeia notary peers [N]
colmeia notary list [PALAVRAS] [--before ÍNDICE] [--limit N]
colmeia notary receipt ÍNDICE [--out ARQUIVO]
colmeia notary certificate ÍNDICE [--out ARQUIVO]
colmeia notary policy [--out ARQUIVO]
colmeia notary verify [ARQUIVO] --receipt R [--policy P]
colmeia notary chain NÓ [--from ÍNDICE] [--limit N]
colmeia notary examine NÓ
colmeia notary tamper NÓ ÍNDICE
colmeia notary repair NÓ

register     calcula o hash de arquivos, também dos que estão em pastas, e espera até que todos estejam registrados; os
             arquivos ficam onde estão. O que não pode ser lido em uma pasta é dito e fica de fora, e termina com 1
status       como ele está, e onde cada par responde por HTTP (e em que dialeto)
dialect      como os programas antigos recebem respostas por HTTP; sem letra, diz qual é. Vale na hora e depois de cada
             início
peers        quantos começam o cartório, 1 a 7; pode ser escolhido até que um deles tenha rodado (reset: de novo)
list         os mais novos primeiro; PALAVRAS estão no título ou são quem registrou
receipt      o que prova um registro para sempre: na tela, ou em um arquivo novo
certificate  o mesmo em PDF, na língua da linha de comando
policy       as chaves deste cartório, para --policy. Antes, compare as impressões digitais com quem as conhece
verify       verifica, sem rede, se um recibo está íntegro e se é de ARQUIVO. Não pergunta a ninguém; nenhum Colmeia
             precisa estar em execução. Termina com 0 só se tudo estiver provado, senão com 1.
chain        o que um par tem; ≠ marca um registro que já não é o que era, ↯ um que não segue o anterior
examine      um par recalcula tudo e diz qual é o primeiro registro ruim; termina com 1 se houver um
tamper       a lição: muda o título de um registro no arquivo desse par
repair       um par pega a cópia de novo dos outros

  --registrant R  quem registra, como deve constar
  --receipt R     um recibo (.tlog-proof), ou um certificado (PDF) que traz um dentro
  --policy P      as chaves que você aprovou; sem ela nada fica provado, e as chaves são mostradas
  --limit N       no máximo 200; 50 por padrão`,
    chat: `colmeia chat [--user NOME] [--new]
colmeia chat [--user NOME] PALAVRAS…
colmeia chat setup [--profile P] [--publications F] [--layout L] [--reach R]
colmeia chat foreign [--follow]
colmeia chat export NÓ [--out PASTA]

Sem mais nada: um usuário do chat neste terminal, ao lado de quaisquer janelas. ajuda lista o que se pode digitar, nas duas
línguas e com as palavras da disciplina (listar_canais, inscrever, publicar, mensagem, sync_time). Com PALAVRAS, faz só
isso e termina quando os servidores têm o que foi dito; com 1 se eles não respondem: então espera aqui, e sai quando
responderem. Quem tem sessão aberta neste laboratório não precisa de senha.

setup        como está configurado o chat; com opções, configura. Um chat em execução é iniciado de novo
foreign      onde programas da disciplina se conectam e o que mandaram, julgado pelas regras do protocolo
export       publications.jsonl, messages.jsonl e registry.json de um servidor, ref_servers.json da referência

  --user NOME        quem; por padrão o único com sessão aberta, senão o seu nome de usuário
  --new              uma conta nova; a senha é pedida (de um pipe: a primeira linha)
  --profile P        leader: um servidor responde, a maioria tem em disco; everyone: todos respondem, como na disciplina
  --publications F   json ou messagepack
  --layout L         course ou account: de quem é o proxy onde há um só endereço para os dois
  --reach R          loopback; lan: programas de outras máquinas podem entrar, e nada prova quem são
  --follow           continua até Ctrl+C
  --out PASTA        por padrão uma nova com o nome do nó`,
    ring: `colmeia ring [--name NOME] [debug|heartbeat] [--phrase] [--reach ONDE] [--interface NOME]
colmeia ring setup [--names A,B] [--reach ONDE] [--interface NOME] [--texts QUEM] [--timing T] [--key K]

Sem setup: mais um par, neste terminal. O que se digita é dito a todos; @LIDER @LIST @MEMBERS @HELP FIM como nos pares
de referência. Ele encontra o anel por multicast, com a chave do laboratório daqui, em execução ou não.
heartbeat mostra também as batidas do anel e quem é suspeito; debug, tudo o que o par anota.

setup        como está configurado o anel do laboratório em execução; com opções, configura. Pares em execução são
             iniciados de novo

  --name NOME       como os outros chamam você; por padrão, o seu nome de usuário
  --phrase          a chave de uma frase que é pedida (de um pipe: a primeira linha), e não a do laboratório
  --reach ONDE      loopback; beside: esta máquina, e o grupo onde os pares de referência entram nele; lan
  --interface NOME  a rede para lan; auto: a que leva para fora
  --names A,B       os pares que executam no laboratório
  --texts QUEM      de quem se aceita a forma de texto: nobody (ninguém), this-machine (esta máquina), everybody (todos)
  --timing T        demo (500 ms, 1,5 s) ou reference (5 s, 10 s)
  --key K           lab; phrase: é pedida, como acima; new: uma frase é inventada, e mostrada só desta vez`,
  },
}

const help: Readonly<Record<CliLanguage, Help>> = { en: english, pt: portuguese }

export function helpText(language: CliLanguage, name: CommandName | null): string {
  const { overview, common, commands } = help[language]
  return `${name === null ? overview : commands[name]}\n\n${common}`
}
