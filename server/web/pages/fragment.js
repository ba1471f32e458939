// Only the browser knows what comes after the #: hands it on, out of the address
// bar and the history.
const form = document.forms[0];
form.elements.fragment.value = location.hash.slice(1);
history.replaceState(null, "", location.pathname);
form.submit();
