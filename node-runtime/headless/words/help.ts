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

colmeia <command> --help says more. All but up and serve talk to the Colmeia that runs the lab, with or without window.`,
  common: `  --lab NAME   another lab than "lab"
  --lang LANG  pt or en
  --json       for programs: one JSON value, and {"ok":false,"failure":{"code":…}} for what was refused
  --help       this text

Exit codes: 0 done, 1 refused, 2 not understood, 3 no Colmeia runs this lab.`,
  commands: {
    serve: `colmeia serve [--port N] [--no-ui] [--only KINDS]

Runs the lab and serves its window to a browser of this machine, behind the token in the printed address.

  --port N     the port of the page; 0, the default, takes any free one
  --no-ui      no page and no port, only the command line
  --only A,B   start these kinds of cluster only: notary, chat, ring, shop`,
    up: `colmeia up [--port N] [--no-ui] [--only KINDS]

Runs the lab in this terminal and starts its clusters, until Ctrl+C.

  --port N     the port of the page; 0, the default, takes any free one
  --no-ui      no page and no port, only the command line
  --only A,B   start these kinds of cluster only: notary, chat, ring, shop`,
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
colmeia notary list [WORDS] [--before INDEX] [--limit N]
colmeia notary receipt INDEX [--out FILE]
colmeia notary certificate INDEX [--out FILE]
colmeia notary verify [FILE] --receipt R [--policy P]
colmeia notary chain NODE [--from INDEX] [--limit N]
colmeia notary examine NODE
colmeia notary tamper NODE INDEX
colmeia notary repair NODE

register     hashes files, also those in folders, and waits until each is registered; the files stay where they are
list         newest first; WORDS stand in the title or are the registrant
receipt      what proves a record for ever: on the screen, or into a new file
certificate  the same as a PDF, in the language of the command line
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

colmeia <comando> --help diz mais. Todos, menos up e serve, falam com o Colmeia que executa o laboratório, com ou sem
janela.`,
  common: `  --lab NOME   outro laboratório que não "lab"
  --lang LANG  pt ou en
  --json       para programas: um valor JSON, e {"ok":false,"failure":{"code":…}} para o que foi recusado
  --help       este texto

Códigos de saída: 0 feito, 1 recusado, 2 não entendido, 3 nenhum Colmeia executa este laboratório.`,
  commands: {
    serve: `colmeia serve [--port N] [--no-ui] [--only TIPOS]

Executa o laboratório e serve a janela a um navegador desta máquina, atrás da chave do endereço mostrado.

  --port N     a porta da página; 0, o padrão, usa qualquer uma livre
  --no-ui      sem página e sem porta, só a linha de comando
  --only A,B   inicia só estes tipos de cluster: notary, chat, ring, shop`,
    up: `colmeia up [--port N] [--no-ui] [--only TIPOS]

Executa o laboratório neste terminal e inicia os clusters, até Ctrl+C.

  --port N     a porta da página; 0, o padrão, usa qualquer uma livre
  --no-ui      sem página e sem porta, só a linha de comando
  --only A,B   inicia só estes tipos de cluster: notary, chat, ring, shop`,
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
colmeia notary list [PALAVRAS] [--before ÍNDICE] [--limit N]
colmeia notary receipt ÍNDICE [--out ARQUIVO]
colmeia notary certificate ÍNDICE [--out ARQUIVO]
colmeia notary verify [ARQUIVO] --receipt R [--policy P]
colmeia notary chain NÓ [--from ÍNDICE] [--limit N]
colmeia notary examine NÓ
colmeia notary tamper NÓ ÍNDICE
colmeia notary repair NÓ

register     calcula o hash de arquivos, também dos que estão em pastas, e espera até que todos estejam registrados; os
             arquivos ficam onde estão
list         os mais novos primeiro; PALAVRAS estão no título ou são quem registrou
receipt      o que prova um registro para sempre: na tela, ou em um arquivo novo
certificate  o mesmo em PDF, na língua da linha de comando
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
  },
}

const help: Readonly<Record<CliLanguage, Help>> = { en: english, pt: portuguese }

export function helpText(language: CliLanguage, name: CommandName | null): string {
  const { overview, common, commands } = help[language]
  return `${name === null ? overview : commands[name]}\n\n${common}`
}
