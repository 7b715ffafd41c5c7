import type { en } from '../../en/index.ts'
import type { Words } from '../../words.ts'

export const check: Words<typeof en.notary.check> = {
  lead: 'Nada é enviado a lugar nenhum: documento, recibo e chaves são comparados nesta máquina.',
  document: 'O documento',
  documentText: 'Solte o arquivo que foi registrado ou escolha-o.',
  documentNone: 'Sem o documento, só dá para conferir o próprio recibo.',
  text: 'Era um texto',
  textBody: 'O texto, exatamente como foi registrado',
  receipt: 'O recibo ou a certidão',
  receiptText: 'Solte um arquivo .tlog-proof ou a certidão em PDF, escolha-o ou cole o recibo.',
  paste: 'Colar o recibo',
  pick: 'Escolher um arquivo',
  remove: 'Tirar',
  hashing: 'Calculando a impressão digital: {{percent}}',
  unreadable: 'Este arquivo não pôde ser lido. Talvez tenha sido movido, ou você não possa abri-lo.',
  notReceipt: 'Este arquivo é grande demais para um recibo ou uma certidão.',
  pasteDone: 'Conferir este recibo',
  answer: 'Resposta',
  emptyTitle: 'Nada a conferir ainda',
  emptyText:
    'Dê um documento, um recibo ou, melhor, os dois. Só com o documento, o recibo é pedido ao livro de registros.',
  verdict: {
    proven: 'Este documento está provado: é o registro nº {{index}} deste cartório e não mudou desde então.',
    provenReceipt:
      'Este recibo está provado: é do registro nº {{index}} deste cartório. Acrescente o documento para ver se é o mesmo.',
    'unknown-keys': 'O recibo é coerente, mas foi assinado por chaves que você não aprovou.',
    'other-document': 'Este não é o documento do recibo, ou foi alterado depois.',
    'not-a-receipt': 'Isto não é um recibo, nem uma certidão que traga um.',
    'proof-wrong': 'A prova está errada: não leva ao estado assinado do livro de registros.',
    'signature-wrong': 'Uma assinatura está errada: alguém alterou o recibo, ou ele nunca foi assinado.',
    'not-signed':
      'O próprio log não assinou isto: falta a linha dele, e o que só as testemunhas assinam não prova nada.',
    'too-few-witnesses': 'Assinaram testemunhas aprovadas de menos.',
  },
  found: 'Este documento foi registrado.',
  foundAs: 'Registro nº {{index}}, {{title}}, por {{who}}, {{when}}',
  notFound: 'O livro de registros não tem este documento.',
  notFoundHint: 'Uma letra mudada já dá outra impressão digital. Use o original ou registre este.',
  notFoundLate:
    'Ninguém lidera no momento; por isso os registros mais novos podem faltar nesta resposta. Tente de novo mais tarde.',
  receiptNotReady:
    'Está registrado, mas o recibo ainda não está pronto. Leva um instante e precisa da maioria dos pares.',
  proven: 'O que está provado',
  claimed: 'O que o recibo diz, sem prova aqui',
  steps: 'A prova, passo a passo',
  outcome: { right: 'certo', wrong: 'errado', 'not-made': 'não conferido' },
  step: {
    document: { title: 'O documento', text: 'O SHA-256 dele é aquele de que trata o recibo.' },
    leaf: {
      title: 'O registro',
      text: 'Impressão digital, título, nome, hora e lugar formam juntos a folha da árvore.',
    },
    path: { title: 'O caminho', text: 'Da folha, hash por hash, até a raiz de todo o livro de registros.' },
    'log-signature': { title: 'A assinatura do cartório', text: 'O cartório assinou exatamente esta raiz.' },
    witnesses: { title: 'As testemunhas', text: 'Pares assinaram junto que este livro só cresceu.' },
    policy: { title: 'A sua aprovação', text: 'Estas chaves estão entre as que você aprovou.' },
  },
  keys: 'Quem assinou',
  logKey: 'Cartório',
  witness: 'Testemunha',
  approved: 'aprovada',
  notApproved: 'não aprovada',
  independence:
    'Pares de um mesmo dono não são testemunhas independentes: juntos, poderiam assinar qualquer coisa. Protegem contra acidentes e contra um par sozinho.',
  policies: 'Chaves que valem aqui',
  policiesText:
    'Um recibo só vale se foi assinado por chaves desta lista. As do cartório que funciona aqui já vêm aprovadas, até que você as retire. Antes de aprovar outras, compare as impressões digitais com quem as conhece, por outro meio que não este.',
  policiesEmpty:
    'Nenhuma chave está aprovada. Aprove as do cartório que funciona aqui ou cole uma política que recebeu.',
  approveOwn: 'Aprovar as chaves deste cartório',
  approveOther: 'Aprovar outro cartório',
  policy: 'Política, como você a recebeu',
  approve: 'Aprovar estas chaves',
  withdraw: 'Retirar',
  withdrawOf: 'Retirar a aprovação de {{origin}}',
  saveKeys: 'Salvar',
  saveKeysOf: 'Salvar as chaves de {{origin}} como política',
  own: 'funciona aqui',
  elsewhere: 'Para conferir sem o Colmeia',
  elsewhereText:
    'Um arquivo só, que faz o mesmo em qualquer navegador, até de um pen drive e sem rede. Leve junto o documento, o recibo e as chaves que você aprovou.',
  witnessesOf: '{{quorum}} de {{witnesses}} testemunhas precisam assinar',
}
