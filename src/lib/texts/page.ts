/** The frame of the page. */
export const page = {
	asOf: 'as of',
	asOfLabel: 'As of',
	asOfNote: 'The instant at which the world is looked at. Later rows do not exist, and what was open then is open.',
	steps: { day: 'day', week: 'week', month: 'month' },
	locale: 'Numbers and dates as in',
	onDevice: 'Everything is computed on this device; nothing is sent anywhere.',
	invented: 'Demo data is invented: no patient in it exists.',
	latest: 'Latest in the data',
	stop: 'Stop',
	again: 'Try again',
	missing: 'This part of the app could not be loaded. Check the connection.',
} as const;
