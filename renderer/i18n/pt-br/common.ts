import type { en } from '../en/index.ts'
import type { Words } from '../words.ts'

export const common: Words<typeof en.common> = {
  appName: 'Colmeia',
  loading: 'Carregando',
  close: 'Fechar',
  cancel: 'Cancelar',
  retry: 'Tentar de novo',
  start: 'Iniciar',
  stop: 'Parar',
  more: 'Carregar mais',
  none: 'nenhum',
  picture: 'Desenho',
  table: 'Tabela',
  view: 'Modo de exibição',
  node: 'Nó',
  time: 'Hora',
  age: { now: 'agora', ago: 'há {{time}}', never: 'nunca', left: 'faltam {{time}}' },
}
