// Keeps what is typed as a draft, some seconds after typing stops. Without a script the button does the same.
// The page says where (data-draft-url); the answer is said in the live region that stands there.
'use strict'
;(() => {
  const QUIET = 4000 // milliseconds without a key
  const APART = 15000 // and at least so long between two drafts

  function prepare (said) {
    const form = said.closest('form')
    let timer = null
    let last = 0
    let sent = false

    async function keep () {
      const data = new FormData(form)
      data.delete('draft-keep')
      data.set('draft-auto', '1')
      last = Date.now()
      try {
        const answer = await fetch(said.dataset.draftUrl, { method: 'POST', body: data, redirect: 'manual' })
        const told = await answer.json()
        if (told.draft) form.elements.draft.value = told.draft
        said.textContent = told.said
      } catch {
        said.textContent = said.dataset.draftFailed
      }
      timer = null
    }

    form.addEventListener('input', () => {
      if (sent) return
      clearTimeout(timer)
      timer = setTimeout(keep, Math.max(QUIET, last + APART - Date.now()))
    })
    form.addEventListener('submit', () => {
      sent = true
      clearTimeout(timer)
    })
  }

  document.querySelectorAll('[data-draft-url]').forEach(prepare)
})()
