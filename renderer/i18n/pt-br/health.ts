import type { en } from '../en/index.ts'
import type { Words } from '../words.ts'

export const health: Words<typeof en.health> = {
  label: 'Saúde do laboratório',
  word: {
    well: 'Saudável',
    impaired: 'Degradado',
    electing: 'Elegendo',
    halted: 'Impedido',
    starting: 'Iniciando',
    stopped: 'Parado',
    silent: 'Calado',
  },
  meaning: {
    well: 'Todo cluster em execução tem um líder e todos os seus nós.',
    impaired: 'Tudo ainda funciona, mas nem tudo está em ordem.',
    electing: 'Neste momento não há líder; há maioria para escolher um.',
    halted: 'Restam nós de menos: ninguém pode ser escolhido até que alguns voltem.',
    starting: 'Há nós iniciando.',
    stopped: 'Nenhum cluster está em execução.',
    silent: 'Faz algum tempo que o laboratório não diz nada.',
  },
  reason: {
    'node-down': '{{node}} caiu.',
    'node-paused': '{{node}} está pausado.',
    'node-stale': '{{node}} não dá notícias há {{age}}.',
    'node-starting': '{{node}} está iniciando.',
    'node-astray': '{{node}} não ouve o líder.',
    'few-answer': '{{node}} lidera {{cluster}}, mas só {{answering}} de {{members}} respondem a ele.',
    'no-leader': 'Ninguém lidera {{cluster}}.',
    'no-majority': '{{cluster}} tem {{alive}} de {{members}} nós e precisa de {{needed}}.',
    'two-leaders': '{{node}} ainda acredita que lidera {{cluster}}.',
    'fault-active_zero': 'Nenhuma falha ativa.',
    'fault-active_one': '{{count, number}} falha ativa.',
    'fault-active_many': '{{count, number}} de falhas ativas.',
    'fault-active_other': '{{count, number}} falhas ativas.',
    'no-contact': 'Última notícia do laboratório: há {{age}}.',
  },
}
