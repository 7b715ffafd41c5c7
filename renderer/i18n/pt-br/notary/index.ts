import type { en } from '../../en/index.ts'
import type { Words } from '../../words.ts'
import { chain } from './chain.ts'
import { check } from './check.ts'
import { documents } from './documents.ts'
import { register } from './register.ts'

export const notary: Words<typeof en.notary> = {
  title: 'Cartório',
  lead: 'Registre um documento uma vez e prove depois que ele não mudou. O documento em si fica com você.',
  tabs: {
    register: 'Registrar',
    documents: 'Todos os documentos',
    check: 'Conferir um documento',
    chain: 'Pares e cadeia',
  },
  records_zero: 'nada registrado ainda',
  records_one: '{{count, number}} registro',
  records_many: '{{count, number}} de registros',
  records_other: '{{count, number}} registros',
  leader: '{{leader}} lidera',
  noLeader: 'ninguém lidera no momento',
  witnessed: 'recibos prontos até o nº {{index}}',
  stoppedTitle: 'O cartório não está em execução',
  stoppedText: 'Inicie-o para registrar ou conferir documentos. O que estava na caixa de saída continua lá.',
  start: 'Iniciar o cartório',
  unnamed: 'sem nome',
  byAt: 'por {{who}}, {{when}}',
  number: 'nº {{index}}',
  genesis: 'Bloco gênese: o começo da cadeia',
  text: 'Texto',
  file: 'Arquivo',
  fingerprint: 'SHA-256',
  copyFingerprint: 'Copiar o SHA-256',
  copied: 'Copiado',
  receipt: {
    actions: 'Recibo de {{title}}',
    button: 'Recibo',
    save: 'Salvar o recibo (.tlog-proof)',
    certificate: 'Salvar a certidão (PDF)',
    certificateText: 'As testemunhas nela são pares de um mesmo dono: não são independentes umas das outras.',
    copy: 'Copiar o recibo como texto',
    page: 'Salvar a página que confere recibos (HTML)',
    pageText: 'Um arquivo só, que confere recibos em qualquer navegador, até de um pen drive e sem rede.',
    saved: 'Pronto para salvar: {{name}}',
    copied: 'O recibo está na área de transferência.',
  },
  register,
  documents,
  check,
  chain,
}
