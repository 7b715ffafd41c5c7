import type { en } from '../../en/index.ts'
import type { Words } from '../../words.ts'
import { enter } from './enter.ts'
import { programs } from './programs.ts'
import { setup } from './setup.ts'
import { side } from './side.ts'
import { talk } from './talk.ts'

export const chat: Words<typeof en.chat> = {
  title: 'Chat',
  none: 'Este laboratório não tem chat. Zere o laboratório nas configurações para ter um.',
  stoppedTitle: 'O chat está parado',
  stoppedText: 'Inicie, e os servidores escolhem um líder e aceitam mensagens.',
  start: 'Iniciar o chat',
  deskDown: 'O balcão está parado: é por ele que as pessoas usam o chat.',
  startDesk: 'Iniciar o balcão',
  parts: { talk: 'Conversar', programs: 'Conecte seu programa', settings: 'Ajustes' },
  profileIs: 'Perfil: {{name}}',
  standing: {
    led: '{{leader}} lidera',
    open: 'Todo servidor responde',
    silentFor: 'O chat não responde há {{time}}: as mensagens esperam na ordem.',
    untold: 'O retransmissor está calado: as novidades demoram um pouco mais.',
    waiting_zero: 'Nada espera',
    waiting_one: '{{count, number}} mensagem espera',
    waiting_many: '{{count, number}} de mensagens esperam',
    waiting_other: '{{count, number}} mensagens esperam',
  },
  promises: {
    leader: {
      name: 'Líder',
      can: 'O que foi respondido está nos discos da maioria: não se perde, não se repete e fica na mesma ordem para todos.',
      cannot: 'Sem maioria nada é aceito; as mensagens esperam aqui até haver uma.',
    },
    everyone: {
      name: 'Todos',
      can: 'Cada servidor responde por si, mesmo sozinho, e na calmaria todos terminam com as mesmas mensagens na mesma ordem.',
      cannot:
        'O que foi respondido está em um só disco, e se perde com ele; uma mensagem pode ser inserida depois acima de outras, e não há senhas, canais privados, edições nem reações.',
    },
  },
  refusals: {
    'name-taken': 'alguém ou algo já tem esse nome',
    'name-not-allowed': 'esse nome não pode ser usado',
    'unknown-user': 'não há ninguém com esse nome',
    'unknown-channel': 'esse canal não existe',
    'unknown-message': 'a mensagem a que responde não está mais lá',
    'not-a-member': 'você não está mais nesta conversa',
    'not-yours': 'pertence a outra pessoa',
    'protected-name': 'uma senha protege esse nome',
    locked: 'outra pessoa tem a trava',
    'too-long': 'tem mais de 10.000 caracteres',
    empty: 'não diz nada',
    'too-many': 'já há tantos quantos pode haver',
    malformed: 'o chat não conseguiu entender',
  },
  refusedOther: 'o chat não aceita (código {{why}})',
  palette: {
    group: 'Chat',
    open: 'Abrir {{name}}',
    search: 'Procurar mensagens',
    searchFor: 'Procurar “{{query}}” nas mensagens',
    enter: 'Entrar como outra pessoa em uma nova janela',
    programs: 'Conecte seu programa',
    windowOf: 'Abrir a janela de {{user}}',
    stamps: 'Mostrar ou esconder carimbos de Lamport',
  },
  enter,
  programs,
  setup,
  side,
  talk,
}
