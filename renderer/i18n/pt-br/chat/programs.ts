import type { en } from '../../en/index.ts'
import type { Words } from '../../words.ts'

export const programs: Words<typeof en.chat.programs> = {
  title: 'Conecte seu programa',
  about:
    'Clientes, robôs e servidores da disciplina participam como são. Inicie o seu com estes endereços: o que ele envia aparece abaixo, com as regras do protocolo que cada mensagem cumpre ou quebra.',
  addresses: 'Endereços',
  noAddresses: 'Intermediário, referência e retransmissor ainda não disseram seus endereços.',
  silent: 'Sem resposta, e por isso fora da lista: {{nodes}}.',
  addressNames: {
    clients: 'Clientes e robôs pedem aqui (REQ)',
    servers: 'Servidores respondem daqui (REP)',
    ranks: 'Servidores recebem seu posto aqui (REQ)',
    'course-from': 'Servidores publicam aqui (PUB, disciplina)',
    'course-to': 'Todos ouvem aqui (SUB, disciplina)',
    'account-from': 'Servidores publicam aqui (PUB, contas)',
    'account-to': 'Todos ouvem aqui (SUB, contas)',
  },
  copy: 'Copiar {{address}}',
  copied: 'Copiado',
  heard: 'O que seu programa enviou',
  nothing: 'Nada ainda. Inicie seu programa com um dos endereços acima; a primeira mensagem aparece aqui na hora.',
  nothingHere:
    'Só os robôs deste laboratório até agora. Inicie seu programa com um dos endereços, ou escolha “todos” para observar os robôs.',
  count_zero: 'Nenhuma mensagem',
  count_one: '{{count, number}} mensagem',
  count_many: '{{count, number}} de mensagens',
  count_other: '{{count, number}} mensagens',
  brokenCount_zero: 'nenhuma quebra regra',
  brokenCount_one: '{{count, number}} quebra regra',
  brokenCount_many: '{{count, number}} quebram regra',
  brokenCount_other: '{{count, number}} quebram regra',
  skipped_zero: 'Nenhuma se perdeu.',
  skipped_one: '{{count, number}} passou antes que esta janela olhasse.',
  skipped_many: '{{count, number}} passaram antes que esta janela olhasse.',
  skipped_other: '{{count, number}} passaram antes que esta janela olhasse.',
  onlyBroken: 'Só o que quebra regra',
  sender: 'De',
  others: 'todos, menos os robôs deste laboratório',
  everybody: 'todos',
  clear: 'Começar de novo',
  save: 'Salvar o relatório',
  saved: 'Salvo como {{name}}',
  fileName: 'relatorio-de-conformidade',
  rulesTitle: 'As regras, e como foram cumpridas',
  keepsAll: 'cumpre todas as {{value}}',
  breaksSome: 'quebra {{broken}} de {{of}}',
  choose: 'Escolha uma mensagem para ver que regras ela cumpre e quais quebra.',
  payload: 'O que chegou',
  answer: 'O que foi respondido',
  noAnswer: 'Nada foi respondido.',
  places: {
    broker: 'ao intermediário',
    server: 'resposta de um servidor',
    reference: 'à referência',
    publication: 'publicação',
  },
  dialects: { course: 'disciplina', account: 'contas', unknown: 'protocolo desconhecido' },
  codecs: { json: 'JSON', messagepack: 'MessagePack', none: 'sem formato' },
  columns: { rule: 'Regra', kept: 'Cumprida', broken: 'Quebrada' },
  report: {
    title: 'Relatório de conformidade',
    at: 'Escrito em {{time}}.',
    of: 'Mensagens de: {{who}}.',
    left_zero: 'Nenhuma falta.',
    left_one:
      '{{count, number}} outra mensagem de algum programa ficou de fora: veio rápido demais, ou há tempo demais.',
    left_many:
      '{{count, number}} de outras mensagens de algum programa ficaram de fora: vieram rápido demais, ou há tempo demais.',
    left_other:
      '{{count, number}} outras mensagens de algum programa ficaram de fora: vieram rápido demais, ou há tempo demais.',
    newest_zero: 'Nenhuma delas segue.',
    newest_one: 'A mais nova delas:',
    newest_many: 'As {{count, number}} mais novas delas:',
    newest_other: 'As {{count, number}} mais novas delas:',
    counts: 'Mensagens: {{events}}; com regra quebrada: {{broken}}.',
    brokenTitle: 'Mensagens que quebram alguma regra',
    nothingBroken: 'Nenhuma.',
  },
  rules: {
    frames: {
      name: 'Quadros',
      kept: 'Tem os quadros que deve: um para pedido ou resposta, dois para publicação.',
      broken: 'Tem outro número de quadros: pedido ou resposta é um quadro, publicação é tópico e conteúdo.',
    },
    codec: {
      name: 'Formato',
      kept: 'É JSON ou MessagePack, e está inteira.',
      broken:
        'Não é JSON nem MessagePack inteiro: cortada, com sobras, fora de UTF-8 ou com aspas simples, como o Python escreve um dicionário.',
    },
    'envelope-is-a-map': {
      name: 'Envelope',
      kept: 'O valor mais externo é um mapa.',
      broken: 'O valor mais externo não é um mapa: envie {"service": …, "data": …}.',
    },
    'service-is-text': {
      name: 'Serviço',
      kept: '“service” é um texto.',
      broken: '“service” falta ou não é texto.',
    },
    'data-is-a-map': {
      name: 'Dados',
      kept: '“data” é um mapa.',
      broken: '“data” falta ou não é um mapa; envie um vazio se não há nada a dizer.',
    },
    'service-is-known': {
      name: 'Serviço conhecido',
      kept: 'O protocolo tem esse serviço.',
      broken: 'O protocolo não tem esse serviço.',
    },
    'service-by-its-name': {
      name: 'Nome do serviço',
      kept: 'O serviço é chamado pelo próprio nome.',
      broken: 'Este é outro nome do serviço, apenas tolerado: use o próprio.',
    },
    'service-at-its-place': {
      name: 'Lugar do serviço',
      kept: 'Foi pedido a quem o protocolo diz.',
      broken: 'Foi pedido no endereço errado: clientes pedem ao intermediário, servidores à referência.',
    },
    fields: {
      name: 'Campos',
      kept: 'Todos os campos de que o serviço precisa estão lá, como texto.',
      broken: 'Faltam campos de que o serviço precisa, ou estão vazios ou não são texto.',
    },
    timestamp: {
      name: 'Hora',
      kept: '“timestamp” é uma hora.',
      broken: '“timestamp” falta ou não é uma hora.',
    },
    clock: {
      name: 'Relógio de Lamport',
      kept: 'O relógio de Lamport é um número inteiro.',
      broken: 'O relógio de Lamport falta ou não é um número inteiro a partir de zero.',
    },
    'clock-rises': {
      name: 'Relógio sobe',
      kept: 'O relógio é maior que na mensagem anterior deste remetente.',
      broken:
        'O relógio não é maior que na mensagem anterior deste remetente: some um a cada mensagem enviada ou recebida.',
    },
    speaker: {
      name: 'Quem fala',
      kept: 'Um token ou o nome de um robô diz quem fala.',
      broken: 'Nada diz quem fala: envie o token da entrada, ou um nome que comece com “bot-”.',
    },
    'name-is-free': {
      name: 'Nomes',
      kept: 'Nenhum nome nela é um tópico do protocolo.',
      broken: 'Uma pessoa ou um canal tem o nome de um tópico do protocolo, como “servers” ou “replica”.',
    },
    'answer-service': {
      name: 'Resposta diz o serviço',
      kept: 'A resposta diz o serviço que responde.',
      broken: 'A resposta diz outro serviço que o pedido.',
    },
    'answer-status': {
      name: 'Situação',
      kept: 'A situação é a palavra do serviço, e uma recusa diz por quê.',
      broken:
        'A situação é outra palavra: “login” e “channel” dizem “sucesso”, “publish” e “message” dizem “OK”, recusas dizem “erro” e por quê.',
    },
    'answer-fields': {
      name: 'O que foi pedido',
      kept: 'A resposta tem o que foi pedido ao serviço.',
      broken: 'A resposta não tem o que foi pedido ao serviço, como a lista ou a hora.',
    },
    topic: {
      name: 'Tópico',
      kept: 'O tópico é o canal ou quem recebe.',
      broken: 'O tópico não é o canal nem quem recebe: quem se inscreve não a ouviria.',
    },
    'publication-fields': {
      name: 'Publicação',
      kept: 'Diz quem falou, e o quê.',
      broken: 'Não diz quem falou, ou o quê: faltam campos, ou não são texto.',
    },
  },
}
