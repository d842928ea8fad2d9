// When a file of the page does not come, its notice (index.html) is shown at once; should not even this file come, after a while.
addEventListener(
	'error',
	({ target }) => {
		if (target instanceof HTMLScriptElement || (target instanceof HTMLLinkElement && target.rel === 'stylesheet'))
			document.getElementById('late')?.classList.add('now');
	},
	true,
);
