import { readChoices, type ShopServiceFacts } from '#contract/worker/shop'
import { catalogueAnswers, notJson, readFields, refusal, success, textJson, unavailable } from '#dialects/shop/index'
import type { Asked, Route } from '../api/route.ts'
import { shownAs } from '../api/shown.ts'
import type { KeptChoice } from './kept-choice.ts'

export interface GatewayRouteParts {
  readonly choice: KeptChoice
  readonly services: () => readonly ShopServiceFacts[]
  readonly wallMs: () => number
}

const common = { isStaff: false, query: {}, body: null } as const

/** What the gateway answers by itself. */
export function gatewayRoutes({ choice, services, wallMs }: GatewayRouteParts): readonly Route[] {
  const choiceShown = () => success(JSON.stringify({ choice: choice.value, choices: readChoices }))
  return [
    {
      ...common,
      method: 'GET',
      path: '/health',
      about: 'Whether something can be read here.',
      answers: { 200: 'It can.', 503: 'No node of the catalogue answers.' },
      serve: ({ answer }) => {
        const isWell = services().some(({ isLive, position }) => isLive && position !== null)
        const error = isWell ? null : 'O catálogo não responde'
        answer(shownAs(catalogueAnswers.health({ service: textJson('gateway') }, error, wallMs())))
      },
    },
    {
      ...common,
      method: 'GET',
      path: '/api/v1/nodes',
      about: 'The nodes behind the gateway, as it sees them.',
      answers: { 200: 'Who lives, who leads, how far each is.' },
      serve: ({ answer }) => answer(shownAs(success(JSON.stringify(services())))),
    },
    {
      ...common,
      method: 'GET',
      path: '/api/v1/consistency',
      about: 'How fresh reads of the catalogue have to be. A request may say otherwise in `colmeia-read`.',
      answers: { 200: 'The choice, and all choices.' },
      serve: ({ answer }) => answer(shownAs(choiceShown())),
    },
    {
      ...common,
      method: 'PUT',
      path: '/api/v1/consistency',
      isStaff: true,
      about: 'Chooses it for the whole shop.',
      body: { choice: 'own-writes' },
      answers: { 200: 'The choice.', 400: 'It is none of them.' },
      serve: (asked) => choose(asked, choice, choiceShown),
    },
  ]
}

function choose({ request, answer }: Asked, kept: KeptChoice, shown: () => ReturnType<typeof success>): void {
  const fields = readFields(request.headers['content-type'], request.body)
  if (fields === null) return answer(shownAs(notJson))
  const choice = readChoices.find((one) => one === fields.choice)
  if (choice === undefined) return answer(shownAs(refusal(400, `choice é um destes: ${readChoices.join(', ')}`)))
  answer(shownAs(kept.keep(choice) ? shown() : unavailable))
}
