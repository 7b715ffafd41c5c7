import type { en } from '../../en/index.ts'
import type { Words } from '../../words.ts'

export const setup: Words<typeof en.chat.setup> = {
  title: 'Como o chat está ajustado',
  profile: 'Quem responde',
  profileHint: 'Uma escolha do chat inteiro, antes de o primeiro servidor rodar.',
  profileFixed:
    'Um servidor deste chat já rodou: o que ele guarda não vale no outro perfil. Zere o laboratório nas configurações para escolher de novo.',
  can: 'Promete',
  cannot: 'Não pode',
  layout: 'Retransmissor em um só endereço',
  layoutHint:
    'Onde os dois protocolos têm um só endereço: em uma máquina assim, e nas redes. Um usa as portas do outro ao contrário.',
  layouts: { course: 'Disciplina', account: 'Contas' },
  json: 'Publicações em JSON',
  jsonHint: 'Para programas da disciplina que leem JSON. Senão, MessagePack.',
  reach: 'Programas da rede',
  reachHint:
    'Se programas de outras máquinas também podem se conectar. As janelas e os servidores deste laboratório só falam nesta máquina, o que quer que se escolha aqui.',
  reachOpen:
    'Qualquer um nas suas redes poderá então falar com qualquer nome que nenhuma senha proteja, e o protocolo com contas envia senhas às claras; os bots dele também precisarão de um token. Permita só em uma rede de confiança.',
  save: 'Ajustar assim',
  saving: 'O chat está sendo ajustado e inicia de novo. Leva alguns segundos.',
  restarts: 'Um chat em execução inicia de novo com isso.',
  saved: 'Pronto.',
  export: 'Levar os dados',
  exportHint: 'Arquivos como a disciplina os tem, de um servidor. Conversas privadas não estão neles.',
  exportFrom: 'De',
  exportButton: 'Exportar',
  exported: 'Salvo: {{names}}',
  exportNone: 'Nenhum servidor em execução pode ser consultado.',
}
