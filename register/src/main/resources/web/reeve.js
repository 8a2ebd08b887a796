import { initAll } from 'GOVUK_FRONTEND';

initAll();

// Passkeys: the form asks for options, the browser answers them, and the answer is sent as a field of the form.
for (const form of document.querySelectorAll('form[data-passkey]')) {
  const passkeys = window.PublicKeyCredential;
  if (!passkeys || !passkeys.parseCreationOptionsFromJSON || !passkeys.parseRequestOptionsFromJSON) continue;
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const answer = form.elements.credential;
    try {
      const asked = await fetch(form.action + '/options', {
        method: 'POST', headers: { 'X-CSRF-TOKEN': form.elements._csrf.value } });
      const options = await asked.json();
      const given = form.dataset.passkey === 'add'
        ? await navigator.credentials.create({ publicKey: passkeys.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: passkeys.parseRequestOptionsFromJSON(options) });
      answer.value = JSON.stringify(given.toJSON());
    } catch {
      answer.value = ''; // the page that comes back says so
    }
    form.submit();
  });
}
