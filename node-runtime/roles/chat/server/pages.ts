/** Page after page of what the state is asked for, each when it is wanted. */
export function* pages<Cursor, Page extends { readonly next: Cursor | null }>(
  ask: (after: Cursor | null) => Page,
): Generator<Page, void> {
  for (let after: Cursor | null = null; ; ) {
    const page = ask(after)
    yield page
    after = page.next
    if (after === null) return
  }
}
