// Passkeys: the browser speaks to the device, which no page can do without a script. Everything else works without.
// A form with data-passkey holds the options for the device, or the address that gives them, and a hidden field.
'use strict'
;(() => {
  async function optionsOf (form) {
    if (!form.dataset.options) return JSON.parse(document.getElementById(form.dataset.from).textContent)
    const answer = await fetch(form.dataset.options, { headers: { Accept: 'application/json' } })
    if (!answer.ok) throw new Error(String(answer.status))
    return (await answer.json()).request_options
  }

  async function ask (form) {
    const options = await optionsOf(form)
    const given = await window.webauthnJSON[form.dataset.passkey](options)
    form.querySelector('[data-passkey-answer]').value = JSON.stringify(given)
    form.submit()
  }

  function prepare (form) {
    form.hidden = false
    form.addEventListener('submit', event => {
      event.preventDefault()
      const failed = form.querySelector('[data-passkey-failed]')
      failed.hidden = true
      ask(form).catch(() => { failed.hidden = false })
    })
  }

  if (window.PublicKeyCredential) document.querySelectorAll('form[data-passkey]').forEach(prepare)
})()
