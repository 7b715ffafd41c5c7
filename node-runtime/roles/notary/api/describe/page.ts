import { problemTitles } from '../problems.ts'
import type { Route } from '../route.ts'
import { parametersOf, problemsOf, shownPath } from './openapi.ts'
import { ref, type Schema, schemas } from './schemas.ts'

/** The same as the document, for people: one page that needs nothing else. */
export function pageOf(routes: readonly Route[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Colmeia notary: API</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
code, pre { font-family: ui-monospace, monospace; background: #8882; border-radius: 4px; padding: 0 .3em; }
pre { padding: .6em .8em; overflow-x: auto; }
table { border-collapse: collapse; } td { white-space: nowrap; } td:last-child { white-space: normal; } td, th { text-align: left; padding: .2em 1em .2em 0; vertical-align: top; }
:root { color-scheme: light dark; }
</style>
<h1>Colmeia notary: API</h1>
<p>What one peer of a notary answers. Only the leader registers, and everybody else says who leads (403,
<code>not-leader</code>). Every peer answers reads and says in <code>colmeia-lag-entries</code> how far behind it is
(<code>unknown</code> while it hears no leader, or has a full disk);
<code>?consistency=linearizable</code> makes sure. For programs: <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.</p>
<pre>curl http://HOST:PORT/api/v1/registrations \\
  -H 'content-type: application/json' -H 'idempotency-key: KEY' \\
  -d '{"document": "Contrato nº 1", "title": "Contrato", "registrant": "Ana"}'</pre>
${routes.map(sectionOf).join('\n')}
<h2>Problems</h2>
<p>Refusals are problems of RFC 9457. Read <code>code</code>, not the sentences; <code>definite</code> says whether it
certainly did not happen.</p>
<table>${problemTitles.map(({ code, status, title }) => `<tr id="${code}"><td><code>${code}</code><td>${status}<td>${escaped(title)}`).join('\n')}</table>
</html>
`
}

function sectionOf(route: Route): string {
  const parameters = parametersOf(route).map(({ name, in: place, about, isRequired }) =>
    row(`<code>${name}</code>`, `${place}${isRequired ? ', required' : ''}`, escaped(about)),
  )
  const fields = route.body === null ? [] : fieldsOf(schemas[route.body])
  const body = fields.map(([name, about]) => row(`<code>${name}</code>`, 'body', escaped(about)))
  const answers = route.answers.map(({ status, about, contentType }) =>
    row(String(status), contentType, escaped(about)),
  )
  const problems = problemsOf(route)
  return `<h2><code>${route.method} ${shownPath(route)}</code></h2>
<p>${escaped(route.about)}</p>
<table>${[...parameters, ...body].join('\n')}</table>
<table>${answers.join('\n')}</table>
${problems.length === 0 ? '' : `<p>Problems: ${[...problems].sort((one, other) => one - other).join(', ')}</p>`}`
}

/** What may stand in a body; of a choice, all that may stand in any of it. */
function fieldsOf(schema: Schema): readonly (readonly [string, string])[] {
  const named = Object.entries(schema.properties ?? {}).map(
    ([name, { description = '' }]) => [name, description] as const,
  )
  const target = Object.entries(schemas).find(([name]) => schema.$ref === ref(name).$ref)
  const choices = [...(schema.anyOf ?? []), ...(target === undefined ? [] : [target[1]])]
  return [...named, ...choices.flatMap(fieldsOf)]
}

function row(...cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}`).join('')}`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/`([^`]*)`/g, '<code>$1</code>')
}
